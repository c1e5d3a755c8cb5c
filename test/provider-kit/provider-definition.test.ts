import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  defineProvider,
  Fields,
  type LicenseProvider,
  type ProviderHost,
  readProviderDefinition,
} from '../../src/provider-kit/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'

const settings = {
  region: Fields.text({ description: 'where' }),
  clientSecret: Fields.secretText({ description: 'the secret' }),
  concurrency: Fields.positiveInteger({ description: 'how many' }),
}

const host: ProviderHost = {
  openTokenStore: () => ({
    place: 'nowhere',
    ready: async () => {},
    read: async () => undefined,
    write: async () => {},
  }),
}

/** What a program would give. */
interface VendorConfig extends Fields.SettingValues<typeof settings> {
  readonly id: string
}

const create = ({ id, ...values }: VendorConfig, _: ProviderHost): LicenseProvider =>
  createInMemoryProvider({ id, displayName: JSON.stringify(values), licenses: [], users: [] })

const definition = defineProvider({
  type: 'vendor',
  displayName: 'Vendor',
  settings,
  check: ({ region, clientSecret }) => [
    ...(region === undefined ? [{ field: 'region', expected: 'a region' }] : []),
    ...(clientSecret === undefined ? [{ field: 'clientSecret', expected: 'a secret' }] : []),
  ],
  configOf: (id, values) => ({ id, ...values }),
  create,
  startSimulator: async () => ({ url: '', configuration: {}, stop: async () => {} }),
})

const problemsOf = (configuration: Readonly<Record<string, unknown>>) => {
  const configured = definition.configure('vendor-1', configuration)
  return E.isLeft(configured) ? configured.left : []
}

const right = { region: 'eu', clientSecret: 's3cr3t' }

describe('configuring a provider', () => {
  test('makes one with its id and its values', () => {
    const configured = definition.configure('vendor-1', { ...right, concurrency: 4 })
    const provider = E.isRight(configured) ? configured.right.create(host) : undefined
    expect(provider?.id).toBe('vendor-1')
    expect(JSON.parse(provider?.displayName ?? '')).toEqual({ ...right, concurrency: 4 })
  })

  test('makes none before it is asked to', () => {
    expect(E.isRight(definition.configure('vendor-1', right))).toBe(true)
  })

  test('names every problem at once', () => {
    expect(problemsOf({ region: '', concurrency: 0, color: 'red' }).map(({ field }) => field)).toEqual([
      'region',
      'concurrency',
      'color',
      'clientSecret',
    ])
  })

  test('says what was expected and what was found', () => {
    expect(problemsOf({ ...right, concurrency: 'many' })).toEqual([
      { field: 'concurrency', expected: 'a positive whole number', found: '"many"' },
    ])
  })

  test('shortens what was found', () => {
    const [problem] = problemsOf({ ...right, concurrency: 'x'.repeat(1_000) })
    expect(problem?.found?.length).toBeLessThanOrEqual(60)
  })

  test('never shows a secret', () => {
    const problems = problemsOf({ region: 'eu', clientSecret: ['s3cr3t'] })
    expect(problems).toEqual([
      { field: 'clientSecret', expected: 'printable ASCII characters only, without spaces and line breaks' },
    ])
  })

  test('tells of a structure only what kind it is, as a secret may be in it', () => {
    const found = [{ clientSecret: 's3cr3t' }, ['s3cr3t'], null].map(
      (region) => problemsOf({ ...right, region })[0]?.found,
    )
    expect(found).toEqual(['an object', 'a list', 'null'])
  })

  test('never shows the value of a field that it does not know, as it may be a misspelt secret', () => {
    const problems = problemsOf({ ...right, clientSecrte: 's3cr3t' })
    expect(problems).toMatchObject([{ field: 'clientSecrte' }])
    expect(JSON.stringify(problems)).not.toContain('s3cr3t')
    expect(problems[0]?.expected).toContain('clientSecret')
  })

  test('names what is missing only where it is missing, not where it is wrong', () => {
    expect(problemsOf({ region: 7, clientSecret: 's' })).toHaveLength(1)
  })

  test('does not take a property of every object for a setting', () => {
    const hostile: Record<string, unknown> = JSON.parse(
      '{"region":"eu","clientSecret":"s","__proto__":{"a":1},"toString":1}',
    )
    expect(problemsOf(hostile).map(({ field }) => field)).toEqual(['__proto__', 'toString'])
  })
})

describe('a definition of another package', () => {
  test('is taken as it is', () => {
    expect(readProviderDefinition(definition)).toEqual(E.right(definition))
  })

  test.each([
    [{ ...definition, definitionVersion: 'v2', settings: 7 }, { kind: 'later' }],
    [{ ...definition, definitionVersion: 'v0' }, { kind: 'earlier' }],
    [{ ...definition, definitionVersion: undefined }, { kind: 'earlier' }],
    [{ ...definition, definitionVersion: 'beta' }, { kind: 'malformed' }],
    [undefined, { kind: 'malformed', expected: 'what defineProvider makes' }],
    [
      { ...definition, type: 'Vendor' },
      { kind: 'malformed', member: 'type' },
    ],
    [
      { ...definition, startSimulator: undefined },
      { kind: 'malformed', member: 'startSimulator' },
    ],
    [
      { ...definition, reviewChanges: 1 },
      { kind: 'malformed', member: 'reviewChanges' },
    ],
    [
      { ...definition, settings: { token: 'text' } },
      { kind: 'malformed', member: 'settings.token' },
    ],
  ])('%# says why it cannot be used', (value, flaw) => {
    expect(readProviderDefinition(value)).toMatchObject({ _tag: 'Left', left: flaw })
  })
})
