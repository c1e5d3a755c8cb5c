import type { License } from '../model/license.ts'

/** The one with that very id; where there is none, all whose product code or name it is, in any case. */
export const matchLicenses = <A extends Pick<License, 'id' | 'name' | 'productCode'>>(
  licenses: readonly A[],
  wanted: string,
): readonly A[] => {
  const exact = licenses.filter(({ id }) => id === wanted)
  if (exact.length > 0) return exact
  const folded = wanted.toLowerCase()
  return licenses.filter(
    ({ name, productCode }) => name.toLowerCase() === folded || productCode?.toLowerCase() === folded,
  )
}
