import { requiredOfPrice } from '../../index.ts'
import type { Fields, ProviderDefinition } from '../../provider-kit/index.ts'
import {
  commonSettings,
  exemptSettings,
  licenseSettings,
  limitSettings,
  organizationSettings,
  priceSettings,
  protectedSettings,
  REQUIRED_OF_PROTECTED,
} from './common-settings.ts'
import { SOURCES } from './configuration-schema.ts'

/** Texts as Markdown shows them, also within a table. */
const shown = (text: string): string => text.replaceAll(/[<>*|]/g, '\\$&')

interface Described {
  readonly expected: string
  readonly description: string
  readonly variable?: string | undefined
}

const capitalized = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const row = (field: string, { expected, description, variable }: Described, required: readonly string[]): string => {
  const needed = required.includes(field) ? ' (required)' : ''
  const from = variable === undefined ? '' : ` In the environment: \`${variable}\`.`
  return `| \`${field}\`${needed} | ${shown(capitalized(expected))} | ${shown(description)}${from} |`
}

const described = ({ expected, schema, variable, secret }: Fields.Setting): Described => ({
  expected: secret ? `${expected}; or a source, see "Secrets"` : expected,
  description: schema.description ?? '',
  variable,
})

const head = ['| setting | values | meaning |', '| --- | --- | --- |']

const table = (settings: Readonly<Record<string, Described>>, required: readonly string[] = []): string =>
  [...head, ...Object.entries(settings).map(([field, setting]) => row(field, setting, required))].join('\n')

const ofSettings = (settings: Fields.Settings, required: readonly string[] = []): string =>
  table(Object.fromEntries(Object.entries(settings).map(([field, setting]) => [field, described(setting)])), required)

/** The fields of settings that have fields of their own, below a heading of `level`. */
const groupsIn = (settings: Fields.Settings, level: string): readonly string[] =>
  Object.entries(settings).flatMap(
    ([
      field,
      {
        fields,
        schema: { required },
      },
    ]) => (fields === undefined ? [] : [`${level} \`${field}\``, ofSettings(fields, required)]),
  )

/** What has fields of its own, and a section of its own. */
const own = (what: string, description: string): Described => ({ expected: what, description })

const inProvider: Readonly<Record<string, Described>> = {
  licenses: own('overrides by license', 'What you know of a license, see "Overrides".'),
  limits: own('limits by license', 'Limits of the licenses of this provider, see "Limits".'),
}

const sectionsOf = ({ type, displayName, settings, organizations }: ProviderDefinition): readonly string[] => [
  `## ${displayName}`,
  `Settings of a provider with \`"type": "${type}"\`, beside those of every provider.`,
  ofSettings({ ...(organizations === undefined ? {} : organizationSettings), ...settings }),
  ...groupsIn(settings, '###'),
]

const top: Readonly<Record<string, Described>> = {
  $schema: own('an address or a path', 'Where the JSON schema is, for editors.'),
  providers: own('a list of at least one provider', 'The organizations whose licenses are read, see below.'),
  defaults: own('settings by type', 'Settings that several providers share, see "Defaults".'),
  groups: own('lists of providers by name', 'Groups of providers for `--provider`, see "Groups".'),
  limits: own('limits by license', 'Limits of the licenses of all providers, see "Limits".'),
  protected: own('a list of seats', 'Seats that no plan may change, see "Protected seats".'),
  exempt: own('a list of seats', 'Seats of accounts that never sign in, see "Exempt seats".'),
}

/** The page of all settings, in Markdown: derived from what every provider says of its settings, as the JSON schema is. */
export const configurationReference = (definitions: readonly ProviderDefinition[]): string => {
  const { id, ...others } = Object.fromEntries(
    Object.entries(commonSettings).map(([field, setting]) => [field, described(setting)]),
  )
  const types = definitions.map(({ type }) => JSON.stringify(type)).join(' or ')
  const type = own(
    `${types}, or the name of a package`,
    'The kind of provider. More vendors: [providers from other packages](packages.md).',
  )
  return `${[
    '# All settings',
    'Made from the settings in the code by `npm run schema`, as the [JSON schema](../../schema/seatlens.schema.json) is. What\nthey are good for, with a complete example: [configuration](configuration.md).',
    `In any text, \`\${NAME}\` is replaced by the environment variable of that name.`,
    '## The file',
    table(top, ['providers']),
    '## Every provider',
    table({ ...(id === undefined ? {} : { id }), type, ...others, ...inProvider }, ['id', 'type']),
    ...definitions.flatMap(sectionsOf),
    '## Defaults',
    '`defaults`. What a provider says itself comes first, then the defaults of its type, then those of `*`. A setting is\ntaken whole; of `licenses`, each field of a license by itself.',
    table(
      Object.fromEntries(
        ['*', ...definitions.map(({ type }) => type)].map((type) => [
          type,
          own(
            'settings of a provider, `licenses` too; not `id`, `type`, `displayName` and `limits`',
            type === '*' ? 'Defaults of every provider.' : `Defaults of providers with \`"type": "${type}"\`.`,
          ),
        ]),
      ),
    ),
    '## Groups',
    '`groups`. The key is the name of the group, a lower-case slug that no provider has as its id. The value is a list: ids\nof providers, and patterns of ids and names in which `*` stands for any characters.',
    '## Secrets',
    'In place of a secret, where it is: one of these, see [configuration](configuration.md#secrets).',
    table({
      command: own('a list of texts', SOURCES.command),
      file: own('the name of a file', SOURCES.file),
    }),
    '## Overrides',
    '`licenses` of a provider. The key is the id of the license, or a product code or name that no other license has.',
    table({
      ...Object.fromEntries(Object.entries(licenseSettings).map(([field, setting]) => [field, described(setting)])),
      price: own(
        'a price, or a list of prices',
        'What seats cost. Of several, the one counts that is valid on the day and began last.',
      ),
    }),
    ...groupsIn(licenseSettings, '###'),
    '### `price`',
    ofSettings(priceSettings, requiredOfPrice),
    '## Limits',
    '`limits`, at the top or in a provider. The key is the id, product code or name of licenses, or `*` for all others.',
    ofSettings(limitSettings),
    '## Protected seats',
    'Each entry of `protected`:',
    ofSettings(protectedSettings, REQUIRED_OF_PROTECTED),
    '## Exempt seats',
    'Each entry of `exempt` has `license` or `user`, or both:',
    ofSettings(exemptSettings),
  ].join('\n\n')}\n`
}
