import {
  didYouMean,
  distinctName,
  type License,
  type LicensedUser,
  type LicenseProvider,
  licenseMatcher,
} from '../../index.ts'
import { createUserWriter, type RowOptions } from '../../render/index.ts'
import type { UsersOptions } from '../commands/users.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { rowsAskedFor } from '../input/rows-asked-for.ts'
import type { Invocation } from '../invocation.ts'
import { tellGaps, tellRemarks } from '../output/is-seen.ts'
import { complain, notify } from '../output/notify.ts'
import type { Progress } from '../output/progress.ts'
import { surfaceOf } from '../output/surface.ts'
import { withHistoryOf } from '../snapshot/with-history.ts'
import { UsageError } from '../usage-error.ts'
import { type FoundLicenses, findLicenses, type ListedLicenses, listLicenses } from './find-licenses.ts'
import { callsOfUsers } from './planned-calls.ts'
import { printLists, tellOfNothing } from './print-lists.ts'
import { areDeclared, tellIdleDeclarations } from './tell-idle-declarations.ts'
import { withReading } from './with-reading.ts'

/** Of two readings of one provider, what they make together: a failure only where both failed. */
const together = (one: ProviderOutcome, other: ProviderOutcome): ProviderOutcome => {
  if (one.status === 'complete') return other.status === 'failed' ? { ...other, status: 'partial' } : other
  return other.status === 'failed' ? one : { ...one, status: 'partial' }
}

const announce = ({ environment }: Invocation, wanted: string, { matches, defined }: FoundLicenses): void => {
  if (matches.length < 2) return
  const names = matches.map((license) => {
    const matching = licenseMatcher(defined.get(license.provider) ?? matches)
    return `${license.provider}: ${JSON.stringify(distinctName(license, matching))}`
  })
  notify(
    environment,
    `--license ${wanted}: ${matches.length} licenses are called that, all are used: ${names.join(', ')}`,
  )
}

/** Holders of a license whom no list names. */
const omissionsOf = ({ provider, name, omits = [] }: License): readonly string[] =>
  omits.map((omitted) => `${provider}: ${name}: ${omitted}`)

/** A mistake of the user's only where there is nothing that could not be read and might have had it. */
const announceNothing = (
  { environment }: Invocation,
  wanted: string,
  names: readonly string[],
  outcomes: readonly ProviderOutcome[],
  /** The providers of `--provider`; undefined where it is not given. */
  only: readonly string[] | undefined,
): void => {
  const meant = didYouMean(wanted, names)
  const has = only === undefined ? 'no license has' : `no license of ${only.join(' or ')} has`
  const nothing = `--license: ${has} the id, product code or name ${JSON.stringify(wanted)}${meant}`
  if (outcomes.every(({ status }) => status === 'complete')) {
    throw new UsageError([`${nothing}; see: seatlens licenses${only?.map((id) => ` --provider ${id}`).join('') ?? ''}`])
  }
  // Where nothing at all was read, the reasons say it all.
  if (outcomes.some(({ status }) => status !== 'failed')) complain(environment, `${nothing} in what could be read`)
}

/** Which licenses the users that were read hold. */
const heldLicenses = () => {
  const held = new Map<string, Set<string>>()
  return {
    enter: ({ provider, licenseIds }: LicensedUser): void => {
      const ids = held.get(provider) ?? new Set<string>()
      for (const id of licenseIds) ids.add(id)
      held.set(provider, ids)
    },
    isHeld: (provider: string, licenseId: string): boolean => held.get(provider)?.has(licenseId) ?? false,
  }
}

const printHolders = async (
  invocation: Invocation,
  providers: readonly LicenseProvider[],
  progress: Progress,
  wanted: string,
  { format, provider }: UsersOptions,
  rows: RowOptions | undefined,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal, bounds } = invocation
  const held = heldLicenses()
  const found = await findLicenses(providers, wanted, bounds, progress)
  announce(invocation, wanted, found)
  const meant = new Set(found.matches.map(({ provider, id }) => JSON.stringify([provider, id])))
  const { outcomes, isCut } = await printLists(invocation, providers, progress, {
    name: 'users',
    writer: await createUserWriter({ format, rows, licenses: found.licenses, ...surfaceOf(environment, format) }),
    isListed: format === 'table',
    list: (provider, options) => provider.listUsers({ ...options, licenses: found.defined.get(provider.id) }),
    // A license that is held need not be among the definitions that could be read, so its id alone is enough.
    keep: (user) => {
      held.enter(user)
      const { provider, licenseIds } = user
      return licenseIds.some((id) => id === wanted || meant.has(JSON.stringify([provider, id])))
    },
    onEnd: (all) => {
      if (meant.size > 0) return tellOfNothing(environment, 'users')(all)
      if (all.found > 0 || signal.aborted) return
      const only = provider === undefined ? undefined : providers.map(({ id }) => id)
      announceNothing(invocation, wanted, found.names, [...found.outcomes, ...all.outcomes], only)
    },
  })
  tellRemarks(environment, found.matches.flatMap(omissionsOf))
  const all = outcomes.map((outcome, index) => {
    const id = providers[index]?.id ?? ''
    // Where the users failed too, their reason says it all.
    if (outcome.status !== 'failed') tellGaps(environment, found.gaps.get(id) ?? [], false)
    return together(found.outcomes[index] ?? outcome, outcome)
  })
  // Who holds what is not known then.
  if (isCut) return all
  return tellIdleDeclarations(environment, providers, all, { defined: found.defined, isHeld: held.isHeld })
}

const NO_LICENSES: Pick<ListedLicenses, 'licenses' | 'defined'> = { licenses: [], defined: new Map() }

export const users = async (invocation: Invocation, options: UsersOptions): Promise<readonly ProviderOutcome[]> => {
  const rows = await rowsAskedFor('users', options)
  const withHistory = await withHistoryOf(options.history, invocation)
  const reading = {
    only: options.provider,
    history: options.history,
    calls: (provider: LicenseProvider) => callsOfUsers(options, areDeclared([provider])),
  }
  return withReading(invocation, reading, async (configured, progress) => {
    const providers = withHistory(configured)
    const { format, license } = options
    if (license !== undefined) return printHolders(invocation, providers, progress, license, options, rows)
    const { bounds, environment } = invocation
    const held = heldLicenses()
    // People want to read what licenses are called, and filters ask for it; what is configured of them may be mistyped in any format.
    const { licenses, defined } =
      format === 'table' || rows !== undefined || areDeclared(providers)
        ? await listLicenses(providers, bounds, progress)
        : NO_LICENSES
    const { outcomes, isCut } = await printLists(invocation, providers, progress, {
      name: 'users',
      writer: await createUserWriter({ format, rows, licenses, ...surfaceOf(environment, format) }),
      isListed: format === 'table',
      list: (source, options) => source.listUsers({ ...options, licenses: defined.get(source.id) }),
      keep: (user) => {
        held.enter(user)
        return true
      },
    })
    if (isCut) return outcomes
    return tellIdleDeclarations(environment, providers, outcomes, { defined, isHeld: held.isHeld })
  })
}
