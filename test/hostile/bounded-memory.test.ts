import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ProviderReport } from '../../src/report/index.ts'
import {
  around,
  type Body,
  genesysPage,
  MILLION,
  nested,
  nestedObjects,
  ofBytes,
  records,
  type Wrap,
  webexPage,
} from './bodies.ts'
import { startHostileVendor } from './hostile-vendor.ts'

/**
 * What Node may take for objects: twice what eight answers of the greatest length that is read take as text. Whoever
 * keeps more than that runs out of it and is ended.
 */
const HEAP_MB = 256

interface Outcome {
  readonly complete: boolean
  readonly ms: number
  readonly provider: ProviderReport
}

interface Program {
  readonly exit: number | string | null
  readonly complaint: string
  readonly results: Readonly<Record<string, Outcome | undefined>>
}

/** Makes the reports in a process of its own with little memory; a process that runs out of it has no results. */
const readAll = async (vendor: string, bodies: Readonly<Record<string, Body>>): Promise<Program> => {
  const hostile = await startHostileVendor(bodies, ['too long'])
  const program = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, join(import.meta.dirname, 'read.mjs')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, VENDOR: vendor, URL: hostile.url, NAMES: JSON.stringify(Object.keys(bodies)) },
  })
  let output = ''
  let complaint = ''
  program.stdout.on('data', (chunk) => {
    output += chunk
  })
  program.stderr.on('data', (chunk) => {
    complaint += chunk
  })
  const exit = await new Promise<number | string | null>((resolve) =>
    program.on('close', (code, signal) => resolve(code ?? signal)),
  )
  await hostile.stop()
  const { results, peakMiB } = output === '' ? { results: {}, peakMiB: '?' } : JSON.parse(output)
  console.info(`hostile ${vendor}, heap of ${HEAP_MB} MB: ${peakMiB} MiB resident at most`)
  return { exit, complaint: complaint.slice(0, 500), results }
}

/** What each of them sends, and why the list of users is then not whole; nothing where it is. */
const hostileBodies = (page: Wrap, good: (number: number) => string, tooManyGood: RegExp) => ({
  'too long': { body: ofBytes(200 * MILLION), reason: TOO_LONG },
  'a million good records': { body: page(records(MILLION, good)), reason: tooManyGood },
  'a million bad records': { body: page(records(MILLION, () => '{}')), reason: TOO_MANY },
  'nested 10,000 deep': { body: nested(10_000), reason: NOT_A_PAGE },
  'nested a million deep': { body: nested(MILLION), reason: NOT_A_PAGE },
  'a record nested a million deep': { body: page(nestedObjects(MILLION)), reason: NOT_A_RECORD },
  'a field nested a million deep': {
    body: page(around('{"id":', nested(MILLION), ',"licenses":[]}')),
    reason: NOT_A_RECORD,
  },
  'an unused field nested a million deep': {
    body: page(around('{"id":"u","licenses":[],"more":', nested(MILLION), '}')),
    reason: undefined,
  },
})

const TOO_LONG = /^the answer is longer than 16777216 bytes$/
const TOO_MANY = /^more than 100000 records in one answer/
const NOT_A_PAGE = /^the answer is not what the vendor documents: /
const NOT_A_RECORD = /^0\..*: expected /

describe.each([
  {
    vendor: 'genesys',
    sent: () => hostileBodies(genesysPage, (number) => `{"id":"${number}","licenses":[]}`, TOO_LONG),
  },
  {
    vendor: 'webex',
    sent: () => hostileBodies(webexPage, (number) => `{"id":"${number}"}`, TOO_MANY),
  },
])('what $vendor must never send', ({ vendor, sent }) => {
  test(`is read with a heap of ${HEAP_MB} MB, and is whole or says what is missing`, { timeout: 120_000 }, async () => {
    const all = Object.entries(sent())
    const { exit, complaint, results } = await readAll(
      vendor,
      Object.fromEntries(all.map(([name, { body }]) => [name, body])),
    )
    expect({ exit, complaint }).toEqual({ exit: 0, complaint: '' })
    for (const [name, { reason }] of all) {
      const { provider, complete, ms } = results[name] ?? {}
      const reasons = provider?.ledgers.assignments.gaps.map((gap) => gap.reason)
      expect({ name, complete, reasons: [...new Set(reasons)] }).toEqual({
        name,
        complete: reason === undefined,
        reasons: reason === undefined ? [] : [expect.stringMatching(reason)],
      })
      // What is said of it does not grow with it.
      expect(JSON.stringify(provider).length, name).toBeLessThan(20_000)
      expect(ms, name).toBeLessThan(30_000)
    }
  })
})
