import { afterEach, describe, expect, test } from 'vitest'
import { startWebexSimulator } from '../../../providers/webex/simulator/index.ts'
import { registry } from '../../../src/cli/registry.ts'
import { rawRecord } from '../../../src/simulator-kit/index.ts'
import { run } from '../../cli/support/run.ts'
import { oddValues } from './odd-values.ts'

const stops: (() => Promise<void>)[] = []
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())))

/** Licenses with plain names, whose numbers are whatever a number can be, or negative. */
const numbers = [...oddValues.filter((value) => typeof value === 'number'), -7, -0.5, 1e305, '12.5', '1e400']

const configuration = async () => {
  const simulator = await startWebexSimulator({
    world: {
      licenses: numbers.flatMap((value, index) =>
        numbers.slice(index % 3, (index % 3) + 2).map((other, at) =>
          rawRecord({
            id: `id${index}x${at}`,
            name: `Plain ${index}`,
            totalUnits: value,
            consumedUnits: other,
            consumedByUsers: value,
            subscriptionId: 'Sub',
          }),
        ),
      ),
      people: [],
    },
  })
  stops.push(simulator.destroy)
  simulator.faults.add({
    match: { path: '/v1/licenses/:id' },
    effect: { kind: 'status', status: 200, body: { users: [] } },
  })
  const price = { price: { amount: 1_099, currency: 'EUR', per: 'seat-month' } }
  const licenses = Object.fromEntries(numbers.map((_, index) => [`id${index}x0`, price]))
  return { providers: [{ id: 'webex', type: 'webex', ...simulator.configuration, licenses }] }
}

/** How a number looks that is none, or that only machines can read; and half a seat. */
const NO_NUMBER = /\bNaN\b|Infinity|\d[eE]\+\d|undefined|\b0\.5\b|\b12\.5\b/

describe('numbers that are very large, negative or of half a seat', () => {
  test.each(
    [
      ...['table', 'csv', 'md', 'json'].map((format) => ['report', '--format', format]),
      ...['table', 'json', 'csv'].map((format) => ['licenses', '--format', format]),
    ].map((args) => ({ command: args.join(' '), args })),
  )('$command: are told in full, or as unknown', async ({ args }) => {
    const { code, stdout, stderr } = await run(args, {
      configuration: await configuration(),
      registry,
      stdout: { columns: 120 },
    })
    expect({ code, stderr }).toMatchObject({
      code: expect.any(Number),
      stderr: expect.not.stringContaining('unexpected'),
    })
    expect(NO_NUMBER.exec(stdout)?.[0]).toBeUndefined()
    expect(stdout).toMatch(/9,?007,?199,?254,?740,?991/)
  })
})
