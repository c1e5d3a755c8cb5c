import type { Facts, LicenseProvider } from '../../index.ts'
import { problemOfProvider, providersNamed } from '../configuration/provider-named.ts'
import { UsageError } from '../usage-error.ts'
import type { ToldFact } from './fact-rows.ts'
import type { FactsOfFile } from './read-facts.ts'

/** A provider of this run. */
type Place = Pick<LicenseProvider, 'id' | 'vendor' | 'displayName'>
/** A provider that is configured, whether or not this run reads it. */
type Known = Pick<LicenseProvider, 'id' | 'displayName'>

/** The providers that the rows of a file may name. */
export interface KnownProviders {
  readonly known: readonly Known[]
  /** Whether an id is that of an organization of a partner, which need not be known: facts about it are left out. */
  readonly isOrganization?: (id: string) => boolean
}

/** The provider of rows that name none, or why there is none. */
const placeOf = ({ file, table }: FactsOfFile, asked: readonly Place[]): Place | string => {
  const own = table === undefined ? asked : asked.filter(({ vendor }) => vendor === table.vendor)
  const [only, another] = own
  if (only !== undefined && another === undefined) return only
  const ids = (own.length === 0 ? asked : own).map(({ id }) => id).join(', ')
  if (table !== undefined && only === undefined) {
    return `${file}: this is ${table.what}, and no provider that is read is of the vendor ${table.vendor}: ${ids}; leave it out, or add the column provider if these rows are about one of them`
  }
  return `${file}: expected a column provider, as these rows may be about several: ${ids}; add it, or read one of them with --provider`
}

/** The facts of each provider that is read. `known`: all that there are; facts about the others of them are left out. */
export const factsByProvider = (
  files: readonly FactsOfFile[],
  { known, isOrganization = () => false }: KnownProviders,
  asked: readonly Place[],
): ReadonlyMap<string, Facts> => {
  const problems: string[] = []
  const told = new Map<string, ToldFact[]>()
  const enter = (id: string, fact: ToldFact): void => {
    const facts = told.get(id) ?? []
    facts.push(fact)
    told.set(id, facts)
  }
  for (const one of files) {
    const place = placeOf(one, asked)
    for (const fact of one.facts) {
      if (fact.provider === undefined) {
        if (typeof place === 'string') problems.push(place)
        else enter(place.id, fact)
        continue
      }
      const [meant] = providersNamed(known, fact.provider)
      if (meant === undefined && isOrganization(fact.provider)) continue
      const problem = problemOfProvider(known, fact.provider)
      if (problem !== undefined || meant === undefined) problems.push(`${fact.where}: provider: ${problem}`)
      else enter(meant.id, fact)
    }
  }
  if (problems.length > 0) throw new UsageError(problems)
  return new Map(
    [...told].map(([id, facts]) => [
      id,
      {
        licenses: facts.flatMap(({ license }) => license ?? []),
        activity: facts.flatMap(({ activity }) => activity ?? []),
      },
    ]),
  )
}
