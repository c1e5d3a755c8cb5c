import { requiredOfPrice } from '../../index.ts'
import type { Fields, ProviderDefinition } from '../../provider-kit/index.ts'
import { OUTSIDE_TYPE } from '../outside/outside-type.ts'
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

export interface ConfigurationSchema extends Fields.JsonSchema {
  readonly $schema: string
  readonly title: string
}

const REFERENCE: Fields.JsonSchema = { type: 'string', pattern: '\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}' }

/** A text may always be read from the environment, which no editor can check. */
const orReference = ({ description, ...itself }: Fields.JsonSchema): Fields.JsonSchema => {
  const schema = itself.properties === undefined ? itself : { ...itself, properties: orReferences(itself.properties) }
  const isRestricted =
    schema.pattern !== undefined ||
    schema.format !== undefined ||
    schema.enum?.some((value) => typeof value === 'string')
  const described = description === undefined ? {} : { description }
  return isRestricted ? { ...described, anyOf: [schema, REFERENCE] } : { ...described, ...schema }
}

const orReferences = (schemas: Readonly<Record<string, Fields.JsonSchema>>): Record<string, Fields.JsonSchema> =>
  Object.fromEntries(Object.entries(schemas).map(([field, schema]) => [field, orReference(schema)]))

/** Where a secret may be, if it is not in the configuration: what the fields mean. */
export const SOURCES = {
  command:
    'A program and its arguments, such as a password manager: the first line that it prints. It runs without a shell.',
  file: 'What is in a file. A relative name is relative to the folder of the configuration.',
} as const

const sourceSchema = (field: keyof typeof SOURCES, schema: Fields.JsonSchema): Fields.JsonSchema => ({
  type: 'object',
  properties: { [field]: { description: SOURCES[field], ...schema } },
  required: [field],
  additionalProperties: false,
})

const SECRET_SOURCES: readonly Fields.JsonSchema[] = [
  sourceSchema('command', { type: 'array', items: { type: 'string' }, minItems: 1 }),
  sourceSchema('file', { type: 'string', minLength: 1 }),
]

/** A secret need not be in the configuration. */
const orSource = (schema: Fields.JsonSchema): Fields.JsonSchema => {
  const { description, anyOf = [{ ...schema, description: undefined }] } = schema
  return { ...(description === undefined ? {} : { description }), anyOf: [...anyOf, ...SECRET_SOURCES] }
}

const settingSchema = ({ schema, secret, fields }: Fields.Setting): Fields.JsonSchema => {
  const referred = orReference(fields === undefined ? schema : { ...schema, properties: propertiesOf(fields) })
  return secret ? orSource(referred) : referred
}

const propertiesOf = (settings: Fields.Settings): Record<string, Fields.JsonSchema> =>
  Object.fromEntries(Object.entries(settings).map(([field, setting]) => [field, settingSchema(setting)]))

const price: Fields.JsonSchema = {
  properties: propertiesOf(priceSettings),
  required: requiredOfPrice,
  additionalProperties: false,
}

/** What is said of fields holds for an object only, and what is said of items for a list only. */
const prices: Fields.JsonSchema = {
  description:
    'What seats cost: one price or several. Of several, the one counts that is valid on the day and began last.',
  anyOf: [{ type: 'object' }, { type: 'array' }],
  ...price,
  items: { type: 'object', ...price },
  minItems: 1,
}

const licenses: Fields.JsonSchema = {
  type: 'object',
  description:
    'Overrides: what you know of a license and the vendor does not provide. The key is the id of the license, or a product code or name that no other license has.',
  additionalProperties: {
    type: 'object',
    properties: {
      ...propertiesOf(licenseSettings),
      price: prices,
    },
    additionalProperties: false,
  },
}

const limits: Fields.JsonSchema = {
  type: 'object',
  description:
    'Limits that reports mark and check judges. The key is the id, product code or name of licenses, or "*" for all others. An id comes before a product code, a product code before a name, a name before "*"; then limits of a provider come before those for all providers.',
  additionalProperties: {
    type: 'object',
    properties: propertiesOf(limitSettings),
    additionalProperties: false,
  },
}

const protectedSeats: Fields.JsonSchema = {
  type: 'array',
  description: 'Seats that no plan may change. plan and apply refuse such a change and give the reason.',
  items: {
    type: 'object',
    properties: propertiesOf(protectedSettings),
    required: REQUIRED_OF_PROTECTED,
    additionalProperties: false,
  },
}

const exempt: Fields.JsonSchema = {
  type: 'array',
  description:
    'Seats of accounts that never sign in, such as shared phones and accounts of programs. The rules dormant-holder and never-active leave them out.',
  items: {
    type: 'object',
    properties: propertiesOf(exemptSettings),
    anyOf: [{ required: ['license'] }, { required: ['user'] }],
    additionalProperties: false,
  },
}

const groups: Fields.JsonSchema = {
  type: 'object',
  description:
    'Groups of providers by name, for --provider: each is a list of ids, and of patterns of ids and names in which * stands for any characters.',
  additionalProperties: { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
}

/** The settings of a type: with `orgs`, where its vendor lists organizations. */
const settingsOf = ({ settings, organizations }: ProviderDefinition): Fields.Settings => ({
  ...(organizations === undefined ? {} : organizationSettings),
  ...settings,
})

/** Settings that are not of one provider alone. `own`: those of the type, or undefined where they are not known. */
const sharedSettings = (own: Fields.Settings | undefined): Fields.JsonSchema => {
  const { id: _id, displayName: _displayName, ...common } = commonSettings
  return {
    type: 'object',
    properties: { ...propertiesOf(common), ...propertiesOf(own ?? {}), licenses },
    ...(own === undefined ? {} : { additionalProperties: false }),
  }
}

const defaultsOf = (definitions: readonly ProviderDefinition[]): Fields.JsonSchema => ({
  type: 'object',
  description:
    'Settings that several providers share, by type, or "*" for every type. What a provider says itself comes first; of overrides, each field.',
  properties: {
    '*': sharedSettings(undefined),
    ...Object.fromEntries(definitions.map((definition) => [definition.type, sharedSettings(settingsOf(definition))])),
  },
  additionalProperties: sharedSettings(undefined),
})

const schemaOf = (definition: ProviderDefinition): Fields.JsonSchema => ({
  type: 'object',
  description: definition.displayName,
  properties: {
    ...propertiesOf(commonSettings),
    type: { enum: [definition.type], description: 'The kind of provider.' },
    ...propertiesOf(settingsOf(definition)),
    licenses,
    limits,
  },
  required: ['id', 'type'],
  additionalProperties: false,
})

/** A provider of another type than these: of its settings nothing is known here. */
const outsideOf = (types: readonly string[]): Fields.JsonSchema => {
  const others = types.map((type) => type.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')
  return {
    type: 'object',
    description:
      'A provider from another package, or from a file. For a schema that has its settings too, run: seatlens schema',
    properties: {
      ...propertiesOf(commonSettings),
      type: {
        type: 'string',
        pattern: `^(?!(?:${others})$)${OUTSIDE_TYPE}$`,
        description: 'The name of an installed package, or the path of a file such as "./provider.js".',
      },
      licenses,
      limits,
    },
    required: ['id', 'type'],
  }
}

/** The JSON schema of `seatlens.json`, for editors: derived from what every provider says of its settings. */
export const configurationSchema = (definitions: readonly ProviderDefinition[]): ConfigurationSchema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Seatlens configuration',
  type: 'object',
  properties: {
    $schema: { type: 'string', description: 'Where this schema is, for editors.' },
    providers: {
      type: 'array',
      description: 'The organizations whose licenses are read.',
      items: { anyOf: [...definitions.map(schemaOf), outsideOf(definitions.map(({ type }) => type))] },
    },
    defaults: defaultsOf(definitions),
    groups,
    limits,
    protected: protectedSeats,
    exempt,
  },
  required: ['providers'],
  additionalProperties: false,
})
