import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './documents.ts'

interface Taken {
  readonly tasks: readonly string[]
  readonly keystrokes: Readonly<Record<'seatlens' | 'gc' | 'wxc_sdk', readonly number[]>>
  readonly requests: Readonly<Record<'genesys' | 'webex', readonly number[]>>
}

/** The rows of the first table of the page: the task, and its numbers. */
const measuredRows = (): readonly (readonly [string, readonly number[]])[] => {
  const page = readFileSync(join(root, 'docs/comparison.md'), 'utf8')
  const table = page.slice(page.indexOf('| task |')).split('\n\n')[0] ?? ''
  return table
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .map(([, task = '', ...cells]) => [task, cells.filter((cell) => cell !== '').map(Number)])
}

it('what the comparison says of Seatlens, and how much is typed for the other tools, is so', {
  timeout: 300_000,
}, () => {
  const stdout = execFileSync(process.execPath, [join(root, 'bench/comparison/run.mjs'), '--json'], {
    encoding: 'utf8',
  })
  const { tasks, keystrokes, requests }: Taken = JSON.parse(stdout)
  const rows = measuredRows()
  const column = (place: number) => rows.map(([, numbers]) => numbers[place])
  expect(rows.map(([task]) => task)).toEqual(tasks)
  expect({
    keystrokes: { seatlens: column(0), gc: column(1), wxc_sdk: column(2) },
    requests: { genesys: column(3), webex: column(5) },
  }).toEqual({ keystrokes, requests })
})
