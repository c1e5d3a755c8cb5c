import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { worlds } from './support/people.ts'
import { newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

const price = { amount: 11_000, currency: 'EUR', per: 'seat-month' }
const acme = (id: string, settings: object = {}) => ({ id, type: 'acme', ...settings })

const report = async (configuration: unknown) => {
  const { code, stdout, stderr } = await run(['report', '--format', 'json'], { worlds, configuration })
  return { code, stderr, report: JSON.parse(stdout || '{}') }
}

const problemsOf = async (configuration: unknown, variables: Readonly<Record<string, string>> = {}) => {
  const { code, stderr } = await run(['licenses'], { configuration, variables })
  return { code, lines: stderr.trimEnd().split('\n') }
}

describe('defaults of a configuration', () => {
  it('are the settings of every provider of their type that does not say them itself', async () => {
    const used = new Map<string, unknown>()
    const { code, stderr } = await run(['licenses'], {
      worlds: Object.fromEntries(
        ['one', 'two'].map((id) => [id, { onCreate: ({ budget }) => void used.set(id, budget?.concurrency) }]),
      ),
      configuration: {
        defaults: { acme: { token: 'sesame', concurrency: 3 }, '*': { concurrency: 5 } },
        providers: [acme('one'), acme('two', { concurrency: 2 })],
      },
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect([...used]).toEqual([
      ['one', 3],
      ['two', 2],
    ])
  })

  it('of overrides are taken field by field, so that a price is written once and purchased seats for each provider', async () => {
    const { code, report: made } = await report({
      defaults: { acme: { token: 'sesame', licenses: { basic: { price, purchased: 7 } } } },
      providers: [acme('acme', { licenses: { basic: { purchased: 20 } } }), acme('other')],
    })
    expect(code).toBe(0)
    const basic = made.licenses.filter(({ id }: { id: string }) => id === 'basic')
    expect(basic).toMatchObject([
      { provider: 'acme', purchased: { value: 20 }, cost: { amounts: [{ amount: 220_000 }] } },
      { provider: 'other', purchased: { value: 7 }, cost: { amounts: [{ amount: 77_000 }] } },
    ])
  })

  it('of a license that one of the providers does not have are no mistake, and what the provider says of it itself is', async () => {
    const defaults = { acme: { token: 'sesame', licenses: { nowhere: { price } } } }
    expect(await report({ defaults, providers: [acme('acme')] })).toMatchObject({ code: 0, stderr: '' })
    const own = await report({ defaults, providers: [acme('acme', { licenses: { nowhere: { purchased: 3 } } })] })
    expect(own.code).toBe(5)
    expect(own.stderr).toContain('the license nowhere has overrides')
  })

  it('may be secrets, which are opened once', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'token'), 'sesame\n')
    const configuration = {
      defaults: { acme: { token: { file: 'token' } } },
      providers: [acme('one'), acme('two')],
    }
    expect(await run(['licenses'], { folder, configuration })).toMatchObject({ code: 0, stderr: '' })
  })

  it('that are wrong are told once, where they are', async () => {
    const { code, lines } = await problemsOf({
      defaults: {
        acme: {
          token: 'sesame',
          concurrency: 0,
          colour: 1,
          id: 'x',
          limits: {},
          licenses: { basic: { purchased: -1 } },
        },
        amce: {},
        '*': [],
      },
      providers: [acme('one'), acme('two')],
    })
    expect(code).toBe(2)
    expect(lines).toEqual([
      'seatlens.json: defaults.acme.id: expected nothing; each provider has its own',
      'seatlens.json: defaults.acme.limits: expected nothing; limits for all providers are at the top',
      'seatlens.json: defaults.amce: expected one of acme, * (did you mean "acme"?)',
      'seatlens.json: defaults.*: expected an object of settings, found a list',
      'seatlens.json: defaults.acme.concurrency: expected a positive whole number, found 0',
      'seatlens.json: defaults.acme.colour: expected one of id, type, displayName, concurrency, requestsPerMinute, licenses, limits, region, token, tokenFile',
      'seatlens.json: defaults.acme.licenses.basic.purchased: expected a whole number of seats from 0, or "unlimited", found -1',
    ])
  })

  it('whose variable is not set are told once, and nothing else of them', async () => {
    expect(
      await problemsOf({ defaults: { acme: { token: `\${NOT_SET}` } }, providers: [acme('one'), acme('two')] }),
    ).toEqual({
      code: 2,
      lines: ['seatlens.json: defaults.acme.token: expected the environment variable NOT_SET to be set and not empty'],
    })
  })
})

describe('groups and patterns of providers', () => {
  const configuration = {
    defaults: { acme: { token: 'sesame' } },
    groups: { emea: ['acme-de', 'acme-f*'], partners: ['*Partner*'] },
    providers: [
      acme('acme-de'),
      acme('acme-fr'),
      acme('acme-us', { displayName: 'Big Partner' }),
      acme('other', { displayName: 'emea' }),
    ],
  }
  const readBy = async (...words: string[]) => {
    const { code, stdout, stderr } = await run(['licenses', '--format', 'ndjson', ...words], { configuration })
    return code === 0 ? [...stdout.matchAll(/"provider":"([^"]*)"/g)].map(([, id]) => id) : said(stderr)
  }

  it.each([
    [
      ['--provider', 'emea'],
      ['acme-de', 'acme-fr'],
    ],
    [
      ['--provider', 'EMEA'],
      ['acme-de', 'acme-fr'],
    ],
    [['--provider', 'partners'], ['acme-us']],
    [
      ['--provider', 'acme-*'],
      ['acme-de', 'acme-fr', 'acme-us'],
    ],
    [['--provider', 'big*'], ['acme-us']],
    [
      ['--provider', 'other', '--provider', 'emea'],
      ['acme-de', 'acme-fr', 'other'],
    ],
  ])('%j mean %j', async (words, ids) => {
    expect(await readBy(...words)).toEqual(ids)
  })

  it.each([
    [
      'acme-x*',
      '--provider: no id or name of a provider fits "acme-x*"; expected one of acme-de, acme-fr, acme-us, other (did you mean "acme-de" or "acme-fr" or "acme-us"?)\n',
    ],
    [
      'emae',
      '--provider: expected one of emea, partners, acme-de, acme-fr, acme-us, other, found "emae" (did you mean "emea"?)\n',
    ],
  ])('%s fits nothing, and what may be meant is suggested', async (word, message) => {
    expect(await readBy('--provider', word)).toBe(message)
  })

  it('that no provider fits are a mistake where they are asked for', async () => {
    const { code, stderr } = await run(['licenses', '--provider', 'none'], {
      configuration: { ...configuration, groups: { none: ['acme-de', 'zoom-*'] } },
    })
    expect(code).toBe(2)
    expect(stderr).toContain('--provider: the group "none": no id or name of a provider fits "zoom-*"; expected one of')
  })

  it('hold for the providers of a snapshot too', async () => {
    const { folder, code } = await run(['snapshot', '--output', 'kept'], { configuration })
    expect(code).toBe(0)
    const from = ['licenses', '--from', 'kept', '--format', 'csv', '--provider']
    expect((await run([...from, 'emea'], { folder, configuration })).stdout).not.toContain('acme-us')
    expect((await run([...from, 'acme-u*'], { folder, configuration: null })).stdout).toContain('acme-us')
  })

  it('mean one provider where a plan is made', async () => {
    const words = ['plan', '--assign', 'basic', '--user', 'u2', '--provider']
    const several = await run([...words, 'emea'], { configuration })
    expect(several.code).toBe(2)
    expect(several.stderr).toContain('--provider: expected one of acme-de, acme-fr; a plan is for one provider')
  })

  it('that are wrong are told', async () => {
    expect(
      await problemsOf({
        ...configuration,
        groups: { 'acme-de': ['acme-fr'], EMEA: ['acme-fr'], none: [], odd: [7, 'acme-ed'], text: 'acme-de' },
      }),
    ).toEqual({
      code: 2,
      lines: [
        'seatlens.json: groups.acme-de: expected a name that no provider has as its id',
        'seatlens.json: groups.EMEA: expected a name in lower case, such as "emea"',
        'seatlens.json: groups.none: expected a list of at least one provider, found an empty list',
        'seatlens.json: groups.odd[0]: expected the id of a provider, or a pattern such as "genesys-*", found a number',
        'seatlens.json: groups.odd[1]: expected the id of a provider, or a pattern such as "genesys-*": one of acme-de, acme-fr, acme-us, other (did you mean "acme-de" or "acme-fr" or "acme-us"?), found "acme-ed"',
        'seatlens.json: groups.text: expected a list of at least one provider, found a text',
      ],
    })
  })
})
