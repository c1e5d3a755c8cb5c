import { abstain } from './abstain.ts'
import { containersIn } from './containers.ts'
import { overProviders, type Rule } from './finding-context.ts'
import { holderFinding, rowsById } from './holder-finding.ts'
import { holderName } from './holder-name.ts'

const RULE = 'included-license'

/** A license whose holder also holds one that contains it. */
export const includedLicense: Rule = (context) =>
  overProviders(context, (provider) => {
    const { id, holders, holdersDoubt, licensesDoubt, capabilities } = provider
    const { includes } = capabilities.licenseFields
    if (includes.support === 'unsupported') {
      const reason = `the vendor does not say what licenses contain (${includes.reason})`
      return { findings: [], abstentions: abstain(RULE, { provider: id }, reason) }
    }
    const rows = rowsById(provider)
    const containersAmong = containersIn(new Map(provider.licenses.map(({ row, includes }) => [row.id, includes])))
    return {
      findings: holders.flatMap((user) => {
        const containers = containersAmong(user.licenseIds)
        return [...containers].map(([licenseId, bundle]) => {
          const includedIn = context.labels.labelOf(id, bundle)
          return holderFinding(rows, context, {
            rule: RULE,
            user,
            licenseId,
            message: (license) => `${holderName(user)} holds ${license} and ${includedIn}, which includes it`,
            evidence: { includedIn: bundle },
          })
        })
      }),
      abstentions: abstain(RULE, { provider: id }, licensesDoubt, holdersDoubt),
    }
  })
