import * as E from 'fp-ts/lib/Either.js'
import {
  collect,
  describeError,
  isWhole,
  type Ledger,
  type License,
  type LicensedUser,
  type LicenseError,
  type LicenseProvider,
  trimmedText,
} from '../../index.ts'

import {
  createUserWriter,
  type HeldLicense,
  type PersonInProvider,
  quantity,
  renderPerson,
} from '../../render/index.ts'
import type { UserOptions } from '../commands/user.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { type Missing, tellGaps } from '../output/is-seen.ts'
import { complain, notify } from '../output/notify.ts'
import type { Progress } from '../output/progress.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { expectPseudonyms } from '../snapshot/pseudonyms-only.ts'
import { withHistoryOf } from '../snapshot/with-history.ts'
import { CommandMistake } from '../usage-error.ts'
import { listLicenses } from './find-licenses.ts'
import { ONE_USER, SOME_USERS } from './planned-calls.ts'
import { withReading } from './with-reading.ts'

const EMAIL = /^[^\s@]+@\S+$/
/** A shorter text is in most names. */
const LEAST_PART = 2

interface Lookup {
  readonly person?: PersonInProvider
  readonly outcome: ProviderOutcome
  /** What is missing, and why. */
  readonly gaps: readonly Missing[]
  /** What the provider defines, as far as it could be read. */
  readonly licenses?: readonly License[]
}

const failed = (error: LicenseError): Lookup =>
  error._tag === 'NotFound'
    ? { outcome: { status: 'complete', unknownUser: true }, gaps: [] }
    : {
        outcome: { status: 'failed', error },
        gaps: [{ provider: error.provider, error, message: describeError(error) }],
      }

const named = (id: string, names: ReadonlyMap<string, License>): HeldLicense => {
  const { name = id, productCode } = names.get(id) ?? {}
  return { id, name, ...(productCode === undefined ? {} : { productCode }) }
}

/** The wording is loaded where something is missing, and not before. */
const gapsIn = async (ledger: Ledger): Promise<readonly string[]> =>
  isWhole(ledger) ? [] : (await import('../../index.ts')).problemsOfList('licenses', ledger)

const withNames = async (
  provider: LicenseProvider,
  { raw: _vendors, ...user }: LicensedUser,
  bounds: Invocation['bounds'],
): Promise<Lookup> => {
  const {
    value: names,
    ledger,
    error,
  } = await collect(
    () => new Map<string, License>(),
    (all, license: License) => all.set(license.id, license),
  )(provider.listLicenses(bounds()))()
  return {
    person: { ...user, licenses: user.licenseIds.map((id) => named(id, names)) },
    outcome: { status: isWhole(ledger) ? 'complete' : 'partial', error },
    gaps: (await gapsIn(ledger)).map((line) => ({ provider: provider.id, error, message: `${provider.id}: ${line}` })),
    licenses: [...names.values()],
  }
}

const lookUp = async (provider: LicenseProvider, email: string, bounds: Invocation['bounds']): Promise<Lookup> => {
  const user = await provider.getUser({ email }, bounds())()
  if (E.isLeft(user)) return failed(user.left)
  return withNames(provider, user.right, bounds)
}

const printPerson = async (
  invocation: Invocation,
  providers: readonly LicenseProvider[],
  progress: Progress,
  email: string,
  { format }: UserOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, bounds } = invocation
  const lookups = await Promise.all(providers.map((provider) => lookUp(provider, email, bounds)))
  progress.stop()
  const people = lookups.flatMap(({ person }) => (person === undefined ? [] : [person]))
  const licenses = lookups.flatMap(({ licenses = [] }) => licenses)
  // What is missing comes first, so that nothing is taken for all there is.
  tellGaps(
    environment,
    lookups.flatMap(({ gaps }) => gaps),
    false,
  )
  await writeOut(environment, await renderPerson(people, { format, licenses, ...surfaceOf(environment, format) }))
  if (lookups.every(({ outcome }) => outcome.unknownUser)) complain(environment, `no provider knows ${email}`)
  return lookups.map(({ outcome }) => outcome)
}

/** Several people in a table have their addresses, so that one of them can be asked for. */
const printPeople = async (
  { environment }: Invocation,
  users: readonly LicensedUser[],
  licenses: readonly License[],
  format: UserOptions['format'],
): Promise<void> => {
  if (format === 'table') {
    const writer = await createUserWriter({ format, licenses, ...surfaceOf(environment, format) })
    await writeOut(environment, `${writer.items(users)}${writer.end()}`)
    return
  }
  const ofProvider = new Map(users.map(({ provider }) => [provider, new Map<string, License>()]))
  for (const license of licenses) ofProvider.get(license.provider)?.set(license.id, license)
  const people = users.map(({ raw: _vendors, ...user }) => ({
    ...user,
    licenses: user.licenseIds.map((id) => named(id, ofProvider.get(user.provider) ?? new Map())),
  }))
  await writeOut(environment, await renderPerson(people, { format, licenses, ...surfaceOf(environment, format) }))
}

const printFound = async (
  invocation: Invocation,
  providers: readonly LicenseProvider[],
  progress: Progress,
  wanted: string,
  options: UserOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, bounds } = invocation
  const { searchPeople } = await import('./search-people.ts')
  const { users, count, isOnePerson, outcomes, gaps } = await searchPeople(providers, wanted, bounds, progress)
  const email = users.find((user) => user.email !== undefined)?.email
  const isRead = outcomes.every(({ status }) => status === 'complete')
  // In another provider, the person may have another name.
  if (count > 0 && isOnePerson && isRead && email !== undefined) {
    return printPerson(invocation, providers, progress, email, options)
  }
  const { licenses } = count === 0 ? { licenses: [] } : await listLicenses(providers, bounds, progress)
  progress.stop()
  tellGaps(environment, gaps, false)
  await printPeople(invocation, users, licenses, options.format)
  const text = JSON.stringify(wanted)
  // What was not read may have the name.
  if (count === 0 && isRead) complain(environment, `no name and no address has ${text} in it`)
  else if (count > 0 && !isOnePerson) {
    const first = users.length < count ? `, the first ${users.length} of which are shown` : ''
    notify(
      environment,
      `${quantity(count, 'user')} have ${text} in name or address${first}; for one person, give the address`,
    )
  }
  return outcomes
}

export const user = async (
  invocation: Invocation,
  given: string,
  options: UserOptions,
): Promise<readonly ProviderOutcome[]> => {
  const wanted = trimmedText(given)
  if (wanted.length < LEAST_PART) {
    const expected = `an e-mail address, or at least ${LEAST_PART} characters of one or of a name`
    throw new CommandMistake([`<person>: expected ${expected}, found ${JSON.stringify(given)}`])
  }
  expectPseudonyms(invocation, 'user', [wanted])
  const withHistory = await withHistoryOf(options.history, invocation)
  const isAddress = EMAIL.test(wanted)
  const print = isAddress ? printPerson : printFound
  const { provider: only, history } = options
  const calls = () => (isAddress ? ONE_USER : SOME_USERS)
  return withReading(invocation, { only, history, calls }, async (configured, progress) =>
    print(invocation, withHistory(configured), progress, wanted, options),
  )
}
