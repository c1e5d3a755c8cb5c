import { abstain } from './abstain.ts'
import { type KnownProvider, overProviders, type Rule } from './finding-context.ts'
import { holderFinding, rowsById } from './holder-finding.ts'
import { holderName } from './holder-name.ts'

const RULE = 'included-license'

/** All that each license contains, also by way of others; not what contains it in turn. */
const contentsOf = ({ licenses }: KnownProvider): ReadonlyMap<string, ReadonlySet<string>> => {
  const direct = new Map(licenses.map(({ row, includes }) => [row.id, includes]))
  const reachable = (id: string): ReadonlySet<string> => {
    const found = new Set<string>()
    const waiting = [...(direct.get(id) ?? [])]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (found.has(next)) continue
      found.add(next)
      // One by one: there may be more than a call takes arguments.
      for (const id of direct.get(next) ?? []) waiting.push(id)
    }
    return found
  }
  const containers = [...direct].flatMap(([id, includes]) => (includes.length > 0 ? [id] : []))
  const contents = new Map(containers.map((id) => [id, reachable(id)]))
  return new Map(
    [...contents].map(([id, included]) => [
      id,
      new Set([...included].filter((other) => !contents.get(other)?.has(id))),
    ]),
  )
}

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
    const contents = contentsOf(provider)
    return {
      findings: holders.flatMap((user) => {
        const bundles = user.licenseIds.filter((licenseId) => contents.has(licenseId))
        if (bundles.length === 0) return []
        return user.licenseIds.flatMap((licenseId) => {
          const bundle = bundles.find((candidate) => candidate !== licenseId && contents.get(candidate)?.has(licenseId))
          if (bundle === undefined) return []
          const includedIn = context.labels.labelOf(id, bundle)
          return [
            holderFinding(rows, context, {
              rule: RULE,
              user,
              licenseId,
              message: (license) => `${holderName(user)} holds ${license} and ${includedIn}, which includes it`,
              evidence: { includedIn: bundle },
            }),
          ]
        })
      }),
      abstentions: abstain(RULE, { provider: id }, licensesDoubt, holdersDoubt),
    }
  })
