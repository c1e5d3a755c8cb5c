import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { registry } from '../../../src/cli/registry.ts'
import { type Run, run } from '../../cli/support/run.ts'
import { startOddGenesys, startOddWebex } from './odd-organizations.ts'
import { oddValues } from './odd-values.ts'

const stops: (() => Promise<void>)[] = []
let folder = ''
let providers: readonly unknown[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatlens-odd-'))
  await mkdir(join(folder, 'snapshots'))
  stops.push(() => rm(folder, { recursive: true, force: true }))
  const genesys = await startOddGenesys(oddValues)
  const webex = await startOddWebex(oddValues)
  stops.push(genesys.destroy, webex.destroy)
  const price = { price: { amount: 1_099, currency: 'EUR', per: 'seat-month' } }
  const licenses = Object.fromEntries(
    ['totalUnits', 'consumedUnits', 'name'].flatMap((field) =>
      oddValues.map((_, index) => [`License-${field}-${index}`, price]),
    ),
  )
  providers = [
    { id: 'genesys', type: 'genesys', ...genesys.configuration },
    { id: 'webex', type: 'webex', ...webex.configuration, licenses },
    { id: 'people', type: 'webex', userSource: 'people', ...webex.configuration, licenses },
  ]
})
afterAll(() => Promise.all(stops.splice(0).map((stop) => stop())))

const cli = (args: readonly string[], columns?: number): Promise<Run> =>
  run(args, {
    configuration: { providers },
    registry,
    folder,
    variables: { KEY: '0123456789abcdef', NO_COLOR: '1' },
    stdout: { columns },
  })

/** Whole, breached or not all of it: never an error that was not foreseen. */
const ENDS = [0, 3, 5]

/** Control characters, and what turns text around. */
const ACTS_ON_A_TERMINAL = /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u

const layouts = ['license', 'user', 'assignment']
const reports = ['table', 'json', 'csv', 'md', 'html', 'xlsx'].flatMap((format) =>
  (['html', 'xlsx'].includes(format) ? ['license'] : layouts).map((layout) => [
    'report',
    '--format',
    format,
    '--by',
    layout,
    ...(format === 'json' ? [] : ['--output', `report-${layout}.${format}`]),
  ]),
)
const lists = ['licenses', 'users'].flatMap((list) =>
  ['table', 'json', 'ndjson', 'csv'].map((format) => [list, '--format', format]),
)
const checks = ['table', 'json', 'junit'].map((format) => [
  'check',
  '--max-utilization',
  '90',
  '--min-available',
  '1',
  '--format',
  format,
])
/** The ways of asking a vendor, but for the lists below. What is shown of the answers is then shown of a snapshot, which is read without asking. */
const asking = [
  ['snapshot', '--output', 'snapshots/one'],
  ['snapshot', '--output', 'snapshots/two'],
  ['snapshot', '--output', 'pseudonymous', '--pseudonymize', '--key-variable', 'KEY'],
]
const FROM_SNAPSHOT = ['--from', 'snapshots/one']
const showing = [...reports, ...lists, ...checks].map((args) => [...FROM_SNAPSHOT, ...args])
const ofSnapshots = [
  ...['table', 'json', 'md'].map((format) => ['diff', 'snapshots/one', 'snapshots/two', '--format', format]),
  ...['table', 'json', 'csv', 'html'].map((format) => ['trend', 'snapshots', '--format', format]),
]

describe('whatever stands in any field of any record', () => {
  test.each([...asking, ...showing, ...ofSnapshots].map((args) => ({ args, command: args.join(' ') })))(
    'seatlens $command shows it',
    async ({ args }) => {
      const { code, stderr } = await cli(args)
      expect(ENDS.includes(code) ? '' : `exit ${code}: ${stderr.slice(0, 1_000)}`).toBe('')
    },
  )

  test.each(['licenses', 'users'])('of the %s, a snapshot shows all that the vendors told', async (list) => {
    const args = [list, '--format', 'json']
    const itemsOf = ({ stdout }: Run): readonly unknown[] => JSON.parse(stdout)
    const told = itemsOf(await cli(args))
    expect(told.length).toBeGreaterThan(100)
    expect(itemsOf(await cli([...FROM_SNAPSHOT, ...args]))).toEqual(told)
  })

  test.each([20, 300])('a terminal of %i columns shows it line by line', async (columns) => {
    for (const args of [['report'], ['report', '--by', 'user'], ['licenses'], ['users']]) {
      const { code, stdout, stderr } = await cli([...FROM_SNAPSHOT, ...args], columns)
      expect(ENDS.includes(code) ? '' : `exit ${code}: ${stderr.slice(0, 1_000)}`).toBe('')
      expect([...stdout.replaceAll('\n', '')].filter((character) => ACTS_ON_A_TERMINAL.test(character))).toEqual([])
    }
  })
})
