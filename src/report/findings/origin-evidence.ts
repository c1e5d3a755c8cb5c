import type { Origin } from '../../model/purchase.ts'
import type { Finding, LicenseRow } from '../license-report.ts'

const textOf = ({ source, name }: Origin): string => (name === undefined ? source : `${source} ${name}`)

/** Of which day or billing period it is. */
const dayOf = ({ at, period }: Origin): string | undefined =>
  period === undefined ? at : `${period.start} to ${period.end}`

/** Where the numbers of a license come from, and of which day they are, where it is not the vendor's list of licenses. */
export const originEvidence = ({
  purchasedFrom,
  consumedFrom,
}: Pick<LicenseRow, 'purchasedFrom' | 'consumedFrom'>): Finding['evidence'] => {
  const of = (field: 'purchased' | 'consumed', origin: Origin | undefined): Finding['evidence'] => {
    if (origin === undefined) return {}
    const day = dayOf(origin)
    return { [`${field}From`]: textOf(origin), ...(day === undefined ? {} : { [`${field}AsOf`]: day }) }
  }
  return { ...of('purchased', purchasedFrom), ...of('consumed', consumedFrom) }
}
