import { meaningOneOf } from '../model/did-you-mean.ts'
import { firstOf } from '../model/some-of.ts'
import type {
  IdleDeclaration,
  IdleExemption,
  IdleLimit,
  IdleSuppression,
  LicenseReport,
} from '../report/license-report.ts'
import type { ProviderAccount, SnapshotDiff } from '../snapshot/index.ts'

/** Where something is written, before what there is to say of it. */
const placeOf = ({ source }: { readonly source?: string | undefined }): string =>
  source === undefined ? '' : `${source}: `

const idleSuppressionText = ({ reason, why, source, ...matched }: IdleSuppression): string => {
  const what = Object.entries(matched)
    .filter(([field, value]) => value !== undefined && field !== 'until')
    .map(([field, value]) => `${field} ${value}`)
    .join(', ')
  return `${placeOf({ source })}suppression of ${what} (${reason}): ${why === 'expired' ? `expired on ${matched.until}` : why}`
}

/** `seatlens.json: exempt[0]: license "Room", user "svc-*": no such license; nothing is exempt by it`. */
const idleExemptionText = ({ why, source, ...named }: IdleExemption): string => {
  const what = (['license', 'user', 'provider'] as const).flatMap((field) => {
    const text = named[field]
    return text === undefined ? [] : [`${field} ${JSON.stringify(text)}`]
  })
  return `${placeOf({ source })}exemption of ${what.join(', ')}: ${why}; check the spelling, or take it out`
}

/** So many licenses are named; a name may be that of all of them. */
const MAX_NAMED = 5

const idleDeclarationText = ({ provider, key, why, licenses = [], names = licenses }: IdleDeclaration): string => {
  if (why === 'not listed')
    return `${provider}: the license ${key} has overrides in the configuration, but the vendor does not list it`
  const have = licenses.length === 1 ? 'one license has' : `${licenses.length} licenses have`
  const { shown, others } = firstOf(names, MAX_NAMED)
  const same = `${have} that name or product code: ${shown.join(', ')}${others > 0 ? ` and ${others} others` : ''}`
  // A name that was cut cannot be copied into a configuration.
  const where = names.some((name) => name.includes('…')) ? '; the list of licenses has their ids' : ''
  return `${provider}: licenses.${JSON.stringify(key)}: expected the id of one license without other overrides; ${same}${where}`
}

const idleLimitText = ({ license, provider, source, why, similar = [] }: IdleLimit): string => {
  const what = source ?? `the limit of ${license}`
  if (why === 'no such provider') {
    return `${what}: expected the id of a provider of the report, found ${JSON.stringify(provider)}`
  }
  const where = provider === undefined ? 'a license' : `a license of ${provider}`
  return `${what}: no license is called so; expected an id, product code or name of ${where}${meaningOneOf(similar)}`
}

/** What comes before the lines of {@link configurationLinesOf}, at the beginning of a result. */
export const CHECK_CONFIGURATION = 'Check the configuration:'

/**
 * Configured licenses and limits that fit no license of the vendor, or several, one line each. Nothing of the vendor is missing, but
 * what was configured for them counts for nothing.
 */
export const configurationLinesOf = ({ idleDeclarations = [], idleLimits = [] }: Noticed): readonly string[] => [
  ...idleDeclarations.map(idleDeclarationText),
  ...idleLimits.map(idleLimitText),
]

/** Of a report or a check: what was configured, mapped, exempted or suppressed and not used. */
export type Noticed = Pick<
  LicenseReport,
  'idleDeclarations' | 'idleLimits' | 'idleMappings' | 'idleExemptions' | 'idleSuppressions'
>

/**
 * What was configured, mapped, exempted or suppressed and not used, one line each: it may be mistyped or out of date. Of a report
 * or a check.
 */
export const noticesOf = ({
  idleMappings = [],
  idleExemptions = [],
  idleSuppressions = [],
  ...noticed
}: Noticed): readonly string[] => [
  ...configurationLinesOf(noticed),
  ...idleMappings.map(
    ({ provider, user, person, why, ...row }) =>
      `${placeOf(row)}${user} in ${provider} is not linked to ${person}: ${why}`,
  ),
  ...idleExemptions.map(idleExemptionText),
  ...idleSuppressions.map(idleSuppressionText),
]

/** One line where the first snapshot is the later one, which may be on purpose. */
export const noticesOfDiff = ({ before, after }: SnapshotDiff): readonly string[] =>
  // The times that are shown beside it may be of one minute.
  before.generatedAt > after.generatedAt ? ['the first snapshot is the later one'] : []

/** `acme (partial): users: page 2: the list changed while it was read`. */
const accountText = ({ id, status, problems }: ProviderAccount): string =>
  `${id} (${status})${problems.length === 0 ? '' : `: ${problems.join('; ')}`}`

/** The gaps of a snapshot, one line for each provider that has some. */
export const gapLinesOf = (providers: readonly ProviderAccount[]): readonly string[] =>
  providers.filter(({ status }) => status !== 'complete').map(accountText)
