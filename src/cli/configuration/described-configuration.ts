import { basename } from 'node:path'
import { type ConfigurationProblem, Fields, Http, type ProviderDefinition, Values } from '../../provider-kit/index.ts'
import { commonSettings, organizationSettings } from './common-settings.ts'
import { withDefaults } from './defaults.ts'
import { variablesIn } from './interpolate.ts'
import type { ReadConfiguration } from './load-configuration.ts'
import { isSecretSource } from './secret-sources.ts'

/** Where a value is from. */
export type Origin =
  /** It is written in the configuration itself. */
  | { readonly kind: 'configuration' }
  | { readonly kind: 'variable'; readonly variables: readonly string[] }
  /** A command prints it. Its arguments are not told: they may have a secret. */
  | { readonly kind: 'command'; readonly program: string }
  | { readonly kind: 'file'; readonly name: string }
  /** It is not set. `text`: what applies then, in the words of the setting. */
  | { readonly kind: 'default'; readonly text: string }

/** A setting that is set, or has a default that applies. */
export interface DescribedSetting {
  /** `billing.source` for one within another. */
  readonly name: string
  /** Absent: it is a secret or is not set. */
  readonly value?: string | number | boolean | undefined
  readonly secret: boolean
  readonly from: Origin
}

/** One provider, as it is understood. */
export interface DescribedProvider {
  readonly id: string
  readonly type: string
  /** The vendor for people. Absent: the type is not known. */
  readonly vendor?: string | undefined
  readonly settings: readonly DescribedSetting[]
  /** How many licenses have overrides, and how many have limits. */
  readonly licenses: number
  readonly limits: number
}

/** A configuration, as it is understood. Without a secret. */
export interface DescribedConfiguration {
  /** The file. Absent: environment variables alone. */
  readonly file?: string | undefined
  readonly providers: readonly DescribedProvider[]
  /** How many entries the lists for all providers have. */
  readonly limits: number
  readonly protected: number
  readonly exempt: number
  /** How many groups of providers there are. */
  readonly groups: number
  readonly problems: readonly ConfigurationProblem[]
}

type Fielded = Readonly<Record<string, unknown>>

/** Settings tell their defaults at the end of what they say, in words: `Default: from the region.` */
const defaultIn = ({ schema: { description = '' } }: Fields.Setting): string | undefined => {
  const at = description.search(/\bDefault(?: and maximum)?: /)
  if (at === -1) return undefined
  return description.slice(description.indexOf(': ', at) + 2).replace(/\.$/, '')
}

const variablesOf = (written: unknown): readonly string[] => {
  if (typeof written === 'string') return variablesIn(written)
  if (Array.isArray(written)) return written.flatMap(variablesOf)
  return Values.isRecord(written) ? Object.values(written).flatMap(variablesOf) : []
}

const originOf = (written: unknown, value: unknown, setting: Fields.Setting, isFile: boolean): Origin => {
  if (!isFile && setting.variable !== undefined) return { kind: 'variable', variables: [setting.variable] }
  if (setting.secret && isSecretSource(written)) {
    return 'command' in written
      ? { kind: 'command', program: basename(written.command[0]) }
      : { kind: 'file', name: written.file }
  }
  const variables = variablesOf(written)
  return value === undefined || variables.length === 0 ? { kind: 'configuration' } : { kind: 'variable', variables }
}

/** What is set or has a default, one after the other, and what a setting has within right behind it. */
const settingsIn = (
  settings: Fields.Settings,
  written: Fielded,
  value: Fielded,
  isFile: boolean,
  path = '',
): readonly DescribedSetting[] =>
  Object.entries(settings).flatMap(([field, setting]): readonly DescribedSetting[] => {
    const name = `${path}${field}`
    const [own, itself] = [written[field], value[field]]
    const { secret, fields } = setting
    if (itself === undefined) {
      const text = defaultIn(setting)
      return text === undefined || secret ? [] : [{ name, secret, from: { kind: 'default', text } }]
    }
    if (fields !== undefined && Values.isRecord(itself)) {
      return settingsIn(fields, Values.isRecord(own) ? own : {}, itself, isFile, `${name}.`)
    }
    const from = originOf(own, itself, setting, isFile)
    // What is of another kind than it should be is among the problems, as far as it may be shown.
    const isShown = !secret && setting.codec.is(itself)
    if (!isShown) return [{ name, secret, from }]
    const shown = typeof itself === 'number' || typeof itself === 'boolean' ? itself : String(itself)
    return [{ name, value: shown, secret, from }]
  })

/** All secrets of a provider that are known, so that one that was put in another place too is not shown there. */
const secretsIn = (settings: Fields.Settings, value: Fielded): readonly string[] =>
  Object.entries(settings).flatMap(([field, { secret, fields }]) => {
    const member = value[field]
    if (secret && typeof member === 'string' && member !== '') return [member]
    return fields !== undefined && Values.isRecord(member) ? secretsIn(fields, member) : []
  })

const sizeOf = (value: unknown): number => {
  if (Array.isArray(value)) return value.length
  return Values.isRecord(value) ? Object.keys(value).length : 0
}

const shownType = (type: unknown): string => (typeof type === 'string' ? Fields.shownName(type) : '')

const describeProvider = (
  written: unknown,
  value: unknown,
  definitions: readonly ProviderDefinition[],
  isFile: boolean,
): DescribedProvider => {
  const [own, itself] = [written, value].map((one): Fielded => (Values.isRecord(one) ? one : {}))
  const { id, type, licenses, limits } = itself ?? {}
  const definition = definitions.find((candidate) => candidate.type === type)
  const { id: _told, ...common } = commonSettings
  const ofOrganizations = definition?.organizations === undefined ? {} : organizationSettings
  const settings = { ...common, ...ofOrganizations, ...definition?.settings }
  const secrets = secretsIn(settings, itself ?? {})
  const masked = (one: DescribedSetting): DescribedSetting =>
    typeof one.value === 'string' ? { ...one, value: Http.maskSensitive(one.value, secrets) } : one
  return {
    id: commonSettings.id.codec.is(id) ? id : '',
    type: shownType(type),
    ...(definition === undefined ? {} : { vendor: definition.displayName }),
    settings: settingsIn(settings, own ?? {}, itself ?? {}, isFile).map(masked),
    licenses: sizeOf(licenses),
    limits: sizeOf(limits),
  }
}

/** The providers, each with the defaults that it has. */
const providersIn = (value: unknown): readonly unknown[] =>
  Values.isRecord(value) && Array.isArray(value.providers)
    ? value.providers.map((provider) => withDefaults(provider, value.defaults).value)
    : []

/** A configuration as people are to see it: what is set, where from, and which defaults apply. */
export const describeConfiguration = ({
  file,
  definitions,
  written,
  value,
  problems,
}: ReadConfiguration): DescribedConfiguration => {
  const [own, all] = [written, value].map(providersIn)
  const { limits, protected: seats, exempt, groups } = Values.isRecord(value) ? value : {}
  return {
    ...(file === undefined ? {} : { file: file.path }),
    providers: (all ?? []).map((provider, index) =>
      describeProvider(own?.[index], provider, definitions, file !== undefined),
    ),
    limits: sizeOf(limits),
    protected: sizeOf(seats),
    exempt: sizeOf(exempt),
    groups: sizeOf(groups),
    problems,
  }
}
