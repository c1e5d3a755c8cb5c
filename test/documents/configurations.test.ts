import { getNodeValue, parse, parseTree } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { readConfiguration } from '../../src/cli/configuration/load-configuration.ts'
import { isSecretSource } from '../../src/cli/configuration/secret-sources.ts'
import { registry } from '../../src/cli/registry.ts'
import { allBlocks, placeOf } from './documents.ts'

const CREDENTIALS: Readonly<Record<string, object>> = {
  genesys: { region: 'mypurecloud.ie', accessToken: 'token' },
  webex: { accessToken: 'token' },
}

/** What documents write for what differs from reader to reader. */
const filledIn = (code: string): string => code.replaceAll('…', 'x')

const variablesIn = (code: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...code.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [name, 'value']))

/** The members of a part of a configuration, which may have one of them several times to show what it may be. */
const membersOf = (code: string): readonly (readonly [name: string, value: unknown])[] =>
  (
    parseTree(`{${code.replaceAll(/\n(?=")/g, ',\n').replaceAll(',,', ',')}}`, [], { allowTrailingComma: true })
      ?.children ?? []
  ).flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [[getNodeValue(key), getNodeValue(value)] as const],
  )

describe('the configurations in the documents', async () => {
  const definitions = await Promise.all(registry.map((entry) => entry.load()))
  const load = (value: unknown, variables: Readonly<Record<string, string>> = {}) =>
    readConfiguration({ name: 'the document', folder: '.', value }, { definitions, unusable: new Map() }, variables)

  /** A whole configuration that has a member in the place where it belongs. */
  const around = (name: string, value: unknown): object => {
    if (['limits', 'protected', 'exempt'].includes(name)) return { ...around('displayName', 'A'), [name]: value }
    if (name === 'price') return around('licenses', { license: { price: value } })
    const type = definitions.find(({ settings }) => Object.hasOwn(settings, name))?.type ?? 'genesys'
    // What is for providers of that name is for this one.
    return {
      providers: ['genesys', 'webex'].map((id) => ({
        id,
        type: id,
        ...CREDENTIALS[id],
        ...(id === type ? { [name]: value } : {}),
      })),
    }
  }

  const blocks = allBlocks.filter(({ language }) => language === 'json')
  // In a configuration of the console, each tenant has providers, and the whole has none.
  const hasProviders = (code: string) => Object.hasOwn(Object(parse(code)), 'providers')
  const whole = blocks.filter(({ code }) => code.startsWith('{') && hasProviders(code))
  const parts = blocks.filter(({ code }) => code.startsWith('"'))

  it('are many', () => {
    expect([whole.length > 3, parts.length > 4]).toEqual([true, true])
  })

  it.each(whole.map((block) => [placeOf(block), block] as const))('of %s are read', (_, { code }) => {
    const text = filledIn(code)
    expect(load(JSON.parse(text), variablesIn(text)).providers.length).toBeGreaterThan(0)
  })

  it.each(parts.map((block) => [placeOf(block), block] as const))('of %s are read in their place', (_, { code }) => {
    const members = membersOf(filledIn(code))
    expect(members.length).toBeGreaterThan(0)
    for (const [name, value] of members) {
      // Documents name password managers and files that are not here.
      const opened = isSecretSource(value) ? 'secret' : value
      expect(() => load(around(name, opened), variablesIn(code))).not.toThrow()
    }
  })

  it('are refused where a setting is not one', () => {
    expect(() => load(around('licences', {}))).toThrow()
  })
})
