import { supportOf } from '../../contract/capabilities.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import { quantity } from '../../model/quantity.ts'
import type { UserRow } from '../license-report.ts'
import { abstain } from './abstain.ts'
import { containersIn } from './containers.ts'
import { type FoundGroup, overProviders, type Rule } from './finding-context.ts'
import { holderFindings, rowsById } from './holder-finding.ts'
import { holderName } from './holder-name.ts'

const RULE = 'included-license'

/** Licenses gone through for each that there is and for each holder, besides all that they contain: more than any vendor's contain. */
const WORK_FOR_EACH = 500

const tooMuch = (holders: number): string | undefined => {
  if (holders === 0) return undefined
  return `licenses contain so many others that ${quantity(holders, 'holder was', 'holders were')} not looked at`
}

/** One group for all that one user holds besides what includes it: a rule has one group for each user. */
const together = ([first, ...others]: readonly FoundGroup[]): readonly FoundGroup[] => {
  if (first === undefined) return []
  const [finding, ...more] = first.findings
  return [
    {
      message: [first, ...others].map(({ message }) => message).join('; '),
      findings: [finding, ...more, ...others.flatMap(({ findings }) => findings)],
    },
  ]
}

/** A license whose holder also holds one that contains it. */
export const includedLicense: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, holders, holdersGap, licensesGap, capabilities } = provider
    const includes = supportOf(capabilities, 'licenseFields', 'includes')
    if (includes.support === 'unsupported') {
      const reason = `the vendor does not say what licenses contain (${includes.reason})`
      return { groups: [], abstentions: abstain(RULE, { provider: id }, reason) }
    }
    const rows = rowsById(provider)
    const contents = new Map(provider.licenses.map(({ row, includes }) => [row.id, includes]))
    const contained = provider.licenses.reduce((count, { includes }) => count + includes.length, 0)
    // As content, and by itself.
    const work = 2 * contained + WORK_FOR_EACH * (provider.licenses.length + holders.length)
    const containersAmong = containersIn(contents, work)
    const isUntold = (user: UserRow) => containersAmong(user.licenseIds) === undefined
    return {
      groups: holders.flatMap((user) => {
        const byBundle = groupedBy([...(containersAmong(user.licenseIds) ?? [])], ([, bundle]) => bundle)
        const groups = [...byBundle].flatMap(([bundle, included]) => {
          const includedIn = context.labels.labelOf(id, bundle)
          return holderFindings(rows, context, {
            rule: RULE,
            user,
            licenseIds: included.map(([licenseId]) => licenseId),
            message: (licenses) => `${holderName(user)} holds ${licenses} besides ${includedIn}, which includes it`,
            evidence: () => ({ includedIn: bundle }),
          })
        })
        return together(groups)
      }),
      abstentions: abstain(RULE, { provider: id }, licensesGap, holdersGap, tooMuch(holders.filter(isUntold).length)),
    }
  })
