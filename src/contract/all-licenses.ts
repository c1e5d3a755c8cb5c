import { isWhole } from '../model/ledger.ts'
import type { License } from '../model/license.ts'
import { collect } from '../paging/collect.ts'
import type { RequestOptions } from '../paging/request.ts'
import type { LicenseProvider } from './license-provider.ts'

/** All licenses; undefined if the list is partial. */
export const allLicenses = async (
  provider: Pick<LicenseProvider, 'listLicenses'>,
  options: RequestOptions,
): Promise<readonly License[] | undefined> => {
  const { value, ledger } = await collect<License, License[]>(
    () => [],
    (all, license) => {
      all.push(license)
      return all
    },
  )(provider.listLicenses(options))()
  return isWhole(ledger) ? value : undefined
}
