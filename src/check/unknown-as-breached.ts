import { findingId } from '../report/findings/finding-id.ts'
import type { Suppressor } from '../report/findings/suppression.ts'
import type { CheckItem } from './check-result.ts'

/** Makes what could not be judged count as breached, unless a suppression says that it may be so. */
export const unknownAsBreached =
  ({ acceptanceOf }: Suppressor) =>
  (item: CheckItem): CheckItem => {
    if (item.verdict !== 'unknown') return item
    const { rule, provider = '', licenseId } = item
    // An id of its own: a baseline in which something is not known does not take up that it is breached, nor the other way round.
    const id = findingId({ rule: `unknown ${rule}`, provider, licenseId })
    const accepted = acceptanceOf({ id, rule, provider, licenseId })
    return accepted === undefined
      ? { ...item, id, verdict: 'breached', notJudged: true }
      : { ...item, id, verdict: 'accepted', notJudged: true, accepted }
  }
