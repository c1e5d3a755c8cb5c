import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { registry } from '../../src/cli/registry.ts'
import { newFolder, run } from './support/run.ts'
import { saidBy } from './support/said.ts'

/** What is in the file that a command has written, by the first characters of it. */
const beginning = async (output: string, ...args: readonly string[]): Promise<string> => {
  const { code, stderr, folder } = await run([...args, '--output', output])
  if (code !== 0) throw new Error(stderr)
  return (await readFile(join(folder, output), 'utf8')).slice(0, 12)
}

const REPORT = '.txt (table), .json, .csv, .md, .html, .xlsx'

describe('the name of --output', () => {
  it('says the format where --format does not, in any case', async () => {
    expect(await beginning('x.csv', 'report')).toMatch(/^\ufeffprovider,/)
    expect(await beginning('x.CSV', 'report', '--by', 'user')).toMatch(/^\ufeff/)
    expect(await beginning('x.json', 'report')).toMatch(/^\{/)
    expect(await beginning('x.md', 'report')).toMatch(/^# /)
    expect(await beginning('x.html', 'report')).toMatch(/^<!doctype/i)
    expect(await beginning('x.xlsx', 'report')).toMatch(/^PK/)
    expect(await beginning('x.htm', 'report')).toMatch(/^<!doctype/i)
    expect(await beginning('x.json', 'check', '--min-available', '0')).toMatch(/^\{/)
    expect(await beginning('x.XML', 'check', '--min-available', '0')).toMatch(/^<\?xml/)
  })

  it('says it of what is made of snapshots', async () => {
    const folder = await newFolder()
    const seatlens = (...args: readonly string[]) => run(args, { folder })
    for (const name of ['1', '2']) await seatlens('snapshot', '--output', `kept/${name}`)
    expect(await seatlens('diff', 'kept/1', 'kept/2', '--output', 'diff.md')).toMatchObject({ code: 0 })
    expect(await readFile(join(folder, 'diff.md'), 'utf8')).toMatch(/^# /)
    expect(await seatlens('trend', 'kept', '--output', 'trend.csv')).toMatchObject({ code: 0 })
    expect(await readFile(join(folder, 'trend.csv'), 'utf8')).toMatch(/^\ufeffgeneratedAt,snapshot,/)
  })

  it('says nothing where it ends otherwise', async () => {
    for (const name of ['x', 'x.txt', 'x.log', 'x.csv.bak', '.csv']) {
      expect(await beginning(name, 'report'), name).not.toMatch(/^[\ufeff{#<]/)
    }
    expect(await beginning('x.txt', 'report', '--format', 'csv')).toMatch(/^\ufeff/)
  })

  it.each([
    [['report', '--format', 'csv'], 'x.json', 'a name that fits --format csv'],
    [['report', '--format', 'table'], 'x.csv', 'a name that fits --format table'],
    [['check', '--min-available', '0', '--format', 'junit'], 'x.html', 'a name that fits --format junit'],
    [['report'], 'x.ndjson', `a name that ends with ${REPORT}, as this is what report can write`],
    [['report'], 'x.pdf', `a name that ends with ${REPORT}, as this is what report can write`],
    [['report'], 'x.xml', `a name that ends with ${REPORT}, as this is what report can write`],
    [['report', '--format', 'csv'], 'x.xls', 'a name that fits --format csv'],
    [
      ['check', '--min-available', '0'],
      'x.html',
      'a name that ends with .txt (table), .json, .xml (junit), .csv, .txt (message), as this is what check can write',
    ],
    [['check', '--min-available', '0', '--format', 'json'], 'x.xml', 'a name that fits --format json'],
    [['plan', '--assign', 'basic', '--user', 'u1'], 'plan.xml', 'a name that ends with .json, as it is JSON'],
    [['plan', '--assign', 'basic', '--user', 'u1'], 'plan.csv', 'a name that ends with .json, as it is JSON'],
    [['apply', 'plan.json', '--yes'], 'result.xlsx', 'a name that ends with .json, as it is JSON'],
    [['undo', 'journal', '--yes'], 'result.html', 'a name that ends with .json, as it is JSON'],
  ] as const)('is refused where it promises what is not written: %j %s', async (args, output, expected) => {
    let asked = 0
    const worlds = { acme: { onPage: () => asked++ } }
    const { code, stderr, folder } = await run([...args, '--output', output], { worlds })
    expect({ code, asked }).toEqual({ code: 2, asked: 0 })
    expect(saidBy(args, stderr)).toBe(
      `seatlens ${args[0]}: --output: expected ${expected}; found ${output}; see: seatlens ${args[0]} --help\n`,
    )
    expect(await readdir(folder)).not.toContain(output)
  })

  it('says it in the demo too', async () => {
    const folder = await newFolder()
    const demo = await run(['demo', '--users', '20', '--output', 'demo.csv'], { folder, registry, configuration: null })
    expect(demo.code).toBe(0)
    expect(await readFile(join(folder, 'demo.csv'), 'utf8')).toMatch(/^\ufeffprovider,/)
  })
})
