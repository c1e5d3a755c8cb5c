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

import { type HeldLicense, type PersonInProvider, renderPerson } from '../../render/index.ts'
import type { UserOptions } from '../commands/user.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { type Missing, tellGaps } from '../output/is-seen.ts'
import { complain } from '../output/notify.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { expectPseudonyms } from '../snapshot/pseudonyms-only.ts'
import { readHistory } from '../snapshot/read-history.ts'
import { CommandMistake } from '../usage-error.ts'
import { ONE_USER } from './planned-calls.ts'
import { withReading } from './with-reading.ts'

const EMAIL = /^[^\s@]+@\S+$/

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

export const user = async (
  invocation: Invocation,
  wanted: string,
  { format, provider: only, history }: UserOptions,
): Promise<readonly ProviderOutcome[]> => {
  const email = trimmedText(wanted)
  if (!EMAIL.test(email))
    throw new CommandMistake([`<email>: expected an e-mail address, found ${JSON.stringify(wanted)}`])
  expectPseudonyms(invocation, 'user', [email])
  const { environment, bounds } = invocation
  const withHistory = await readHistory(history, invocation)
  return withReading(invocation, { only, history, calls: () => ONE_USER }, async (configured, progress) => {
    const providers = withHistory(configured)
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
    await writeOut(environment, await renderPerson(people, { format, licenses, ...surfaceOf(environment) }))
    if (lookups.every(({ outcome }) => outcome.unknownUser)) complain(environment, `no provider knows ${email}`)
    return lookups.map(({ outcome }) => outcome)
  })
}
