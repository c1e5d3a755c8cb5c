import { afterEach, describe, expect, it } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { run } from './support/run.ts'
import { saidBy } from './support/said.ts'

/** What every object has, and no vendor should have to know. */
const KEYS = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__defineGetter__'] as const

const stops: (() => Promise<void>)[] = []
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())))

const emailOf = (key: string) => `${key}@example.com`

/** Everybody holds the license that is called as they are. One has no address but such a key. */
const genesys = async () => {
  const simulator = await startGenesysSimulator({
    world: {
      definitions: KEYS.map((id) => ({ id, description: id })),
      licenseRows: KEYS.map((id) => ({ id, licenses: [id] })),
      directory: KEYS.map((id) => ({ id, name: id, email: emailOf(id) })),
    },
  })
  stops.push(simulator.destroy)
  return { id: 'genesys', type: 'genesys', ...simulator.configuration }
}

const webex = async (userSource: string) => {
  const simulator = await startWebexSimulator({
    world: {
      licenses: KEYS.map((id) => ({ id, name: id, totalUnits: 5, subscriptionId: id })),
      people: [
        ...KEYS.map((id) => ({ id, displayName: id, email: emailOf(id), licenses: [id] })),
        { id: 'odd', displayName: 'odd', email: '__proto__', licenses: ['__proto__'] },
      ],
    },
  })
  stops.push(simulator.destroy)
  return { id: 'webex', type: 'webex', userSource, ...simulator.configuration }
}

/** `told`: what stderr says. */
const cli = async (args: readonly string[], userSource = 'licenses', told = '') => {
  const providers = [await genesys(), await webex(userSource)]
  const before = Object.getOwnPropertyNames(Object.prototype)
  const result = await run(args, { configuration: { providers }, registry })
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
  expect({ code: result.code, stderr: saidBy(args, result.stderr) }).toEqual({ code: 0, stderr: told })
  return result.stdout
}

const linesOf = (text: string) => text.trimEnd().split(/\r?\n/)

describe.each(['licenses', 'people'])(
  'ids, names and addresses that are keys of every object, by route %s',
  (route) => {
    it('are ids, names and addresses in the report', async () => {
      const report = JSON.parse(await cli(['report', '--format', 'json'], route))
      const byKey = (provider: string) =>
        report.licenses
          .filter((row: { provider: string }) => row.provider === provider)
          .map(({ id, name, assigned }: { id: string; name: string; assigned: unknown }) => [id, name, assigned])
      const ones = KEYS.map((key) => [key, key, { kind: 'known', value: 1 }])
      expect(byKey('genesys')).toEqual(ones)
      if (route === 'people') return
      expect(byKey('webex')).toEqual([['__proto__', '__proto__', { kind: 'known', value: 2 }], ...ones.slice(1)])
      expect(report.people).toMatchObject({
        total: { value: KEYS.length + 1 },
        inSeveralProviders: { value: KEYS.length },
      })
    })

    it('are those of users', async () => {
      const told = route === 'people' ? 'webex: external holders are not listed by GET /v1/people\n' : ''
      const users = linesOf(await cli(['users', '--format', 'ndjson'], route, told)).map((line) => JSON.parse(line))
      for (const key of KEYS) {
        expect(users.filter(({ id }) => id === key)).toMatchObject([
          { provider: 'genesys', licenseIds: [key], displayName: key, email: emailOf(key) },
          { provider: 'webex', licenseIds: [key], displayName: key, email: emailOf(key) },
        ])
      }
      expect(users).toHaveLength(2 * KEYS.length + 1)
    })
  },
)

describe('they show as they are', () => {
  it.each(['table', 'csv'])('in the report as %s', async (format) => {
    const lines = linesOf(await cli(['report', '--format', format]))
    for (const key of KEYS) expect(lines.filter((line) => line.includes(key)).length, key).toBe(2)
  })

  it.each(['table', 'csv', 'json'])('among the users as %s', async (format) => {
    const text = await cli(['users', '--format', format])
    for (const key of KEYS) expect(text.split(emailOf(key)).length - 1, key).toBe(2)
  })

  it.each(['table', 'csv', 'json', 'ndjson'])('among the licenses as %s', async (format) => {
    const text = await cli(['licenses', '--format', format])
    for (const key of KEYS) expect(text.split(key).length - 1, key).toBeGreaterThanOrEqual(4)
  })

  it.each(KEYS)('for the user %s', async (key) => {
    const person = JSON.parse(await cli(['user', emailOf(key), '--format', 'json']))
    const held = { id: key, licenses: [{ id: key, name: key }] }
    expect(person).toMatchObject([
      { provider: 'genesys', ...held },
      { provider: 'webex', ...held },
    ])
  })

  it.each(KEYS)('for whoever holds the license %s', async (key) => {
    const users = linesOf(await cli(['users', '--license', key, '--provider', 'webex', '--format', 'ndjson'])).map(
      (line) => JSON.parse(line),
    )
    expect(users.filter(({ licenseIds }) => licenseIds.join() !== key)).toEqual([])
    expect(users).toHaveLength(key === '__proto__' ? 2 : 1)
  })
})
