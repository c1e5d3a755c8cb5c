import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { configurationReference } from '../../src/cli/configuration/configuration-reference.ts'
import { configurationSchema } from '../../src/cli/configuration/configuration-schema.ts'
import { registry } from '../../src/cli/registry.ts'
import { createAcme } from './support/acme.ts'

describe('the JSON schema of the configuration', () => {
  it('that is published is the one that the registry gives (npm run schema)', async () => {
    const definitions = await Promise.all(registry.map((entry) => entry.load()))
    const published = await readFile(new URL('../../schema/seatlens.schema.json', import.meta.url), 'utf8')
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(configurationSchema(definitions))))
  })

  it('has the fields that every provider has and those of each type', () => {
    const { properties } = configurationSchema([createAcme()])
    expect(properties?.providers?.items?.anyOf).toMatchObject([
      {
        required: ['id', 'type'],
        additionalProperties: false,
        properties: {
          type: { enum: ['acme'] },
          token: {
            anyOf: [
              { type: 'string', pattern: '^[\\x21-\\x7e]+$' },
              {},
              { properties: { command: { type: 'array' } }, required: ['command'] },
              { properties: { file: { type: 'string' } }, required: ['file'] },
            ],
            description: 'The key.',
          },
          concurrency: { type: 'integer', minimum: 1 },
          licenses: { additionalProperties: { properties: { price: { required: ['amount', 'currency', 'per'] } } } },
        },
      },
      { required: ['id', 'type'], properties: { concurrency: { type: 'integer', minimum: 1 } } },
    ])
  })

  it('lets a provider from outside have any settings, and none of ours: those stay strict', () => {
    const { properties } = configurationSchema([createAcme()])
    const [, outside] = properties?.providers?.items?.anyOf ?? []
    const type = new RegExp(outside?.properties?.type?.pattern ?? '')
    expect(outside).not.toHaveProperty('additionalProperties')
    expect(
      ['seatlens-zoom', '@acme/zoom', 'acme-x', './zoom.js', '../a b/zoom.mjs'].filter((name) => !type.test(name)),
    ).toEqual([])
    expect(['acme', 'Zoom', '', '.', 'a/b', '/zoom.js', `\${${'NAME'}}`].filter((name) => type.test(name))).toEqual([])
  })

  it('lets every restricted text be read from the environment', () => {
    const { properties } = configurationSchema([createAcme()])
    const id = properties?.providers?.items?.anyOf?.[0]?.properties?.id
    const patterns = id?.anyOf?.map(({ pattern = '' }) => new RegExp(pattern)) ?? []
    const fits = (text: string) => patterns.some((pattern) => pattern.test(text))
    expect([fits('webex-emea'), fits(`\${${'NAME'}}`), fits('Webex EMEA')]).toEqual([true, true, false])
  })
})

describe('the page of all settings', () => {
  it('that is published is the one that the registry gives (npm run schema)', async () => {
    const definitions = await Promise.all(registry.map((entry) => entry.load()))
    const page = new URL('../../docs/administrators/configuration-reference.md', import.meta.url)
    expect(await readFile(page, 'utf8')).toBe(configurationReference(definitions))
  })

  it('says what fields within a field may be, in the words of messages', () => {
    const page = configurationReference([createAcme()])
    expect(page).toContain('| `end` | A day such as "2026-01-31" | The last day. |')
    expect(page).toContain('| `noticeDays` | A whole number of days from 0 |')
  })

  it('names every field of the schema', () => {
    const acme = createAcme()
    const page = configurationReference([acme])
    const namesIn = (schema: unknown): readonly string[] => {
      if (typeof schema !== 'object' || schema === null) return []
      const own =
        'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : []
      return [...own, ...Object.values(schema).flatMap(namesIn)]
    }
    const names = [...new Set(namesIn(configurationSchema([acme])))].filter((name) => name !== 'properties')
    expect(names.length).toBeGreaterThan(20)
    expect(names.filter((name) => !page.includes(`| \`${name}\``))).toEqual([])
  })
})
