import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { builtCommandLine } from './support/child.ts'

const RUNS = 9

const timed = (args: readonly string[]): number => {
  const start = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
  expect(status).toBe(0)
  return performance.now() - start
}

describe('seatlens --help', () => {
  it('takes at most three times as long as a Node that does nothing', () => {
    const help: number[] = []
    const nothing: number[] = []
    // One after the other, so that a machine that is busy for a while is busy for both. Other work only ever adds, so
    // the quickest of each are compared.
    for (let run = 0; run < RUNS; run++) {
      nothing.push(timed(['-e', '0']))
      help.push(timed([builtCommandLine(), '--help']))
    }
    expect(Math.min(...help) / Math.min(...nothing)).toBeLessThanOrEqual(3)
  })
})
