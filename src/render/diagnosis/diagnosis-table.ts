import type { DiagnosedOrganizations, DiagnosedUse, ProviderDiagnosis } from '../../contract/index.ts'
import { didYouMean } from '../../model/did-you-mean.ts'
import { groupedBy } from '../../model/grouped-by.ts'
import type { LicenseError } from '../../model/license-error.ts'
import { numberText, quantity } from '../../model/quantity.ts'
import { proseLine } from '../text/prose-line.ts'
import type { Paint, Surface } from '../text/surface.ts'
import { createTableWriter } from '../text/text-table.ts'
import { visibleText } from '../text/visible-text.ts'

const MINUTE_MS = 60_000
/** Headers of answers are too coarse to tell less, and no harm comes of it. */
const NEGLIGIBLE_MS = 2_000

const oneOf = (anyOf: readonly string[]): string => anyOf.join(' or ')

const lengthOf = (ms: number): string =>
  ms < MINUTE_MS ? `${Math.ceil(ms / 1_000)} s` : quantity(Math.round(ms / MINUTE_MS), 'minute')

const clockText = (aheadMs: number): string => {
  const ms = Math.abs(aheadMs)
  if (ms < NEGLIGIBLE_MS) return "as the vendor's"
  return `${lengthOf(ms)} ${aheadMs > 0 ? 'ahead of' : 'behind'} the vendor's; set the clock of this machine`
}

const rateText = ({ remaining, allowed, resetMs }: NonNullable<ProviderDiagnosis['rate']>): string => {
  const of = allowed === undefined ? '' : ` of ${numberText(allowed)}`
  return `${numberText(remaining)}${of} requests are left for ${lengthOf(resetMs)}`
}

const whoText = ({ identity = {} }: ProviderDiagnosis): string => {
  const { client, user, organization } = identity
  const who = client === undefined ? user : `the client ${client}`
  const named = [organization?.name, organization?.id].filter((text) => text !== undefined)
  const [name, id] = named
  const where = name === undefined ? '' : `, for ${id === undefined ? name : `${name} (${id})`}`
  return who === undefined && where === '' ? 'yes' : `${who === undefined ? 'yes' : `as ${who}`}${where}`
}

/** Undefined: there is nothing to say, as the region is right and has no name. */
const regionText = (
  { name, verdict, known }: NonNullable<ProviderDiagnosis['region']>,
  authenticated: ProviderDiagnosis['authenticated'],
): string | undefined => {
  if (verdict === 'right') return name
  const own = name ?? 'that of the configured address'
  const all = `Known regions: ${known.join(', ')}`
  if (authenticated === 'no')
    return `${own}, where the credentials were not accepted; they are tried nowhere else. ${all}`
  const untried = `${own}, where the credentials could not be tried`
  if (name === undefined || known.includes(name)) return untried
  return `${untried}; it is none of the known ones${didYouMean(name, known)}. ${all}`
}

/** What is found of the provider itself, by what it is about. */
const checksOf = (found: ProviderDiagnosis): readonly (readonly [about: string, text: string])[] => {
  const { reachable, hosts, authenticated, region, clockAheadMs, rate, error } = found
  const why = error === undefined ? '' : `: ${error.message}`
  const judged = authenticated === 'no' ? `no${why}` : `unknown${reachable ? why : ''}`
  const regional = region === undefined ? undefined : regionText(region, authenticated)
  return [
    ['Reachable', reachable ? (hosts.length === 0 ? 'yes' : hosts.join(', ')) : `no${why}`],
    ['Authenticated', authenticated === 'yes' ? whoText(found) : judged],
    ...(regional === undefined ? [] : [['Region', regional] as const]),
    ...(clockAheadMs === undefined ? [] : [['Clock', clockText(clockAheadMs)] as const]),
    ...(rate === undefined ? [] : [['Rate limit', rateText(rate)] as const]),
  ]
}

/** Colors are for one word each, as the text may take several lines, between which there are other cells. */
const verdictText = (
  { verdict, missing, lacks, error }: DiagnosedUse,
  paint: Paint,
  /** What is told of the provider already. */
  told?: LicenseError,
): string => {
  switch (verdict) {
    case 'usable': {
      if (lacks.length === 0) return paint.green('usable')
      const without = lacks.map(({ what, anyOf, error: failure }) =>
        visibleText(`${what} (${failure === undefined ? `needs ${oneOf(anyOf)}` : failure.message})`),
      )
      return `${paint.yellow('usable')}, but without ${without.join(', and without ')}`
    }
    case 'needs':
      return `${paint.red('needs')} ${missing.length === 0 ? 'more permissions' : visibleText(missing.map(oneOf).join(', '))}`
    case 'unsupported':
      return 'not supported'
    default:
      // Where nothing could be read, to try would not help either.
      if (told !== undefined && (error ?? told).message === told.message) return `${paint.yellow('unknown')}: see above`
      return `${paint.yellow('unknown')}${error === undefined ? ' until tried' : `: ${visibleText(error.message)}`}`
  }
}

const useColumns = [
  { heading: 'Command', minimum: 12, wraps: true },
  { heading: 'Permission or scope', minimum: 24, wraps: true },
  { heading: 'Result', minimum: 16, wraps: true },
]

const useTable = ({ uses, error }: Pick<ProviderDiagnosis, 'uses' | 'error'>, surface: Surface): string =>
  createTableWriter(
    useColumns,
    surface,
  )(
    uses.map((use) => [
      visibleText(use.name),
      visibleText(use.permissions.map(oneOf).join(', ')) || 'none',
      verdictText(use, surface.paint, error),
    ]),
  )

const organizationColumns = [
  { heading: 'Organization', minimum: 16, wraps: true },
  { heading: 'Id', minimum: 16, wraps: true },
  { heading: 'What is different', minimum: 24, wraps: true },
]

/** What is found of one use, so that it can be compared. */
const verdictOf = ({ verdict, missing, lacks, error }: DiagnosedUse): string =>
  JSON.stringify([verdict, missing, lacks, error?.message])

/** Those of which most alike is found, of what can be read at all. Undefined: nothing can. */
const usualOf = (found: readonly ProviderDiagnosis[]): readonly ProviderDiagnosis[] | undefined => {
  const readable = found.filter(({ error }) => error === undefined)
  const groups = groupedBy(readable, ({ uses }) => JSON.stringify(uses.map(verdictOf)))
  return [...groups.values()].sort((one, other) => other.length - one.length)[0]
}

/** What an organization lacks that others have, or has that others lack. */
const differenceText = (
  { error, uses }: ProviderDiagnosis,
  usual: ProviderDiagnosis | undefined,
  paint: Paint,
): string => {
  if (error !== undefined) return `${paint.red('failed')}: ${visibleText(error.message)}`
  const verdicts = new Map(usual?.uses.map((use) => [use.name, verdictOf(use)]))
  return uses
    .filter((use) => verdicts.get(use.name) !== verdictOf(use))
    .map((use) => `${visibleText(use.name)}: ${verdictText(use, paint)}`)
    .join('; ')
}

/** What most of the organizations can be used for, and each one of which something else is found. */
const organizationTables = (found: readonly ProviderDiagnosis[], surface: Surface): readonly string[] => {
  const usual = usualOf(found) ?? []
  const [first] = usual
  const rows = found
    .filter((one) => !usual.includes(one))
    .map((one) => [visibleText(one.displayName), visibleText(one.provider), differenceText(one, first, surface.paint)])
  return [
    ...(first === undefined ? [] : [useTable(first, surface)]),
    ...(rows.length === 0 ? [] : [createTableWriter(organizationColumns, surface)(rows)]),
  ]
}

/** `200, of which 3 are different`. */
const organizationsText = ({ found, gaps }: DiagnosedOrganizations): string => {
  const different = found.length - (usualOf(found)?.length ?? 0)
  const others = `, of which ${numberText(different)} ${different === 1 ? 'is' : 'are'} different`
  const count = found.length === 0 ? 'none' : `${numberText(found.length)}${different === 0 ? '' : others}`
  return [count, ...gaps.map(({ message }) => message)].join('; ')
}

const renderOne = (found: ProviderDiagnosis, surface: Surface): string => {
  const { organizations } = found
  const checks = [
    ...checksOf(found),
    ...(organizations === undefined ? [] : [['Organizations', organizationsText(organizations)] as const]),
  ]
  const width = Math.max(...checks.map(([about]) => about.length))
  return [
    surface.paint.bold(`${visibleText(found.provider)}: ${visibleText(found.displayName)}`),
    '\n',
    ...checks.map(([about, text]) => proseLine(`${about.padEnd(width)}  ${text}`, surface, '  ')),
    '\n',
    (organizations === undefined || organizations.found.length === 0
      ? [useTable(found, surface)]
      : organizationTables(organizations.found, surface)
    ).join('\n'),
  ].join('')
}

/** One provider after the other. */
export const renderDiagnosisTable = (found: readonly ProviderDiagnosis[], surface: Surface): string =>
  found.map((one) => renderOne(one, surface)).join('\n')
