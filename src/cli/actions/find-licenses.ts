import * as E from 'fp-ts/lib/Either.js'
import { isWhole, type License, type LicenseProvider, licenseNames, matchLicenses } from '../../index.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import type { Missing } from '../output/is-seen.ts'
import type { Progress } from '../output/progress.ts'
import { openListAccount } from './list-account.ts'
import { readLists } from './read-lists.ts'

/** The licenses of several providers, as far as they could be read. */
export interface ListedLicenses {
  readonly licenses: readonly License[]
  /** What each provider defines, where all of it could be read. */
  readonly defined: ReadonlyMap<string, readonly License[]>
  readonly outcomes: readonly ProviderOutcome[]
  /** What is missing and why, one line each, by provider. */
  readonly gaps: ReadonlyMap<string, readonly Missing[]>
}

/** The licenses that a user may mean by what they wrote. */
export interface FoundLicenses extends ListedLicenses {
  /** Of all providers; one entry for each license that is meant. */
  readonly matches: readonly License[]
  /** What all that could be read is called, for suggestions. */
  readonly names: readonly string[]
}

/** Lists the licenses of all providers. */
export const listLicenses = async (
  providers: readonly LicenseProvider[],
  bounds: Invocation['bounds'],
  progress: Progress,
): Promise<ListedLicenses> => {
  const account = openListAccount('licenses')
  const licenses: License[] = []
  const whole = new Set<string>()
  for await (const entry of readLists(providers, bounds, (provider, options) => provider.listLicenses(options))) {
    account.enter(entry)
    whole.delete(entry.provider.id)
    if (E.isLeft(entry.page)) continue
    const { items, ledger } = entry.page.right
    progress.onProgress({ provider: entry.provider.id, list: 'licenses', ledger })
    for (const license of items) licenses.push(license)
    if (isWhole(ledger)) whole.add(entry.provider.id)
  }
  return {
    licenses,
    defined: new Map([...whole].map((id) => [id, licenses.filter(({ provider }) => provider === id)])),
    outcomes: account.outcomes(),
    gaps: await account.gaps(),
  }
}

/** Lists the licenses of all providers and picks those meant. */
export const findLicenses = async (
  providers: readonly LicenseProvider[],
  wanted: string,
  bounds: Invocation['bounds'],
  progress: Progress,
): Promise<FoundLicenses> => {
  const listed = await listLicenses(providers, bounds, progress)
  const { licenses } = listed
  return { ...listed, matches: matchLicenses(licenses, wanted), names: licenseNames(licenses) }
}
