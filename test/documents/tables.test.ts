import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { startSimulators } from '../../src/cli/actions/simulators.ts'
import { writeConfiguration } from '../../src/cli/actions/story-folder.ts'
import { registry } from '../../src/cli/registry.ts'
import { findingRules, known, type ProviderDiagnosis } from '../../src/index.ts'
import { acmes, newFolder, run } from '../cli/support/run.ts'
import { read, root } from './documents.ts'

/** The cells of all tables of a document. */
const rowsOf = (path: string): readonly (readonly string[])[] =>
  read(path)
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )

const codesIn = (text: string): readonly string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

const sourceOf = (folder: string): string =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(root, folder, path), 'utf8'))
    .join('\n')

describe('the page of columns', () => {
  const rows = rowsOf('docs/administrators/columns.md')
  const forPrograms = new Set(rows.flatMap(([cell = '']) => codesIn(cell)))
  const forPeople = new Set(rows.flatMap(([, cell = '']) => cell.split(', ')))

  const price = { amount: 1_000, currency: 'EUR', per: 'seat-month' }
  const [provider] = acmes('acme').providers
  const options = {
    configuration: {
      providers: [
        { ...provider, licenses: { suite: { price, term: { end: '2031-01-01', noticeDays: 30 } }, none: { price } } },
      ],
      limits: { suite: { maxUtilization: 20, keepFree: 2 } },
    },
    worlds: {
      acme: {
        licenses: [{ id: 'suite', name: 'Suite', productCode: 'S', purchased: known(10), consumed: known(3) }],
        users: [
          { items: [{ id: 'ann', status: 'inactive' as const, email: 'ann@example.com', licenseIds: ['suite'] }] },
        ],
      },
    },
  }

  it.each([
    'report',
    'report --by user',
    'report --by assignment',
    'report --by finding',
    'report --by purchase',
    'report --by organization',
    'report --group-by department',
    'users',
    'licenses',
    'check --fail-on any',
  ])('has every column of CSV of %s', async (command) => {
    const { stdout } = await run([...command.split(' '), '--format', 'csv'], options)
    const [head = ''] = stdout.split(/\r?\n/)
    const columns = head
      .split(',')
      .map((column) => column.replace(/Note$/, '').replace(/(?<=^cost\w*)(?:EUR)?$/, ''))
      // What a person holds of each license.
      .filter((column) => !column.includes(': '))
    expect(columns.length).toBeGreaterThan(5)
    const named = (column: string) => forPrograms.has(column) || forPrograms.has(`${column}…`)
    expect(columns.filter((column) => !named(column))).toEqual([])
  })

  it('has every column of CSV of the failures of a report', async () => {
    const { folder } = await run(['report', '--format', 'json', '--failures', 'failures.csv'], options)
    const [head = ''] = readFileSync(join(folder, 'failures.csv'), 'utf8')
      .replace(/^\ufeff/, '')
      .split('\r\n')
    expect(head.split(',').filter((column) => !forPrograms.has(column))).toEqual([])
  })

  it('has every column of CSV of a trend', async () => {
    const folder = await newFolder()
    await run(['snapshot', '--output', 'snapshots/one'], { ...options, folder })
    const { stdout } = await run(['trend', 'snapshots', '--journals', '.', '--format', 'csv'], { ...options, folder })
    const [head = ''] = stdout.split(/\r?\n/)
    const columns = head.split(',').map((column) => column.replace(/Note$/, ''))
    expect(columns).toContain('plansSince')
    expect(columns.filter((column) => !forPrograms.has(column))).toEqual([])
  })

  it.each([
    'report',
    'report --by user',
    'report --by assignment',
    'report --by finding',
    'report --by purchase',
    'report --by organization',
    'report --group-by department',
  ])('has every heading that people see in %s', async (command) => {
    const { stdout } = await run([...command.split(' '), '--format', 'md'], options)
    const heads = [...stdout.matchAll(/^\| (.*) \|\n\| -/gm)].flatMap(([, head = '']) => head.split(' | '))
    expect(heads.length).toBeGreaterThan(5)
    const about = new Set(['Suite', 'Purchased', 'Provider', 'What', 'Value'])
    expect(heads.filter((heading) => !forPeople.has(heading) && !about.has(heading))).toEqual([])
  })

  it('has every heading that people see in a plan, its result and a comparison', async () => {
    const simulators = await startSimulators(registry, {
      users: 100,
      seed: 1,
      latencyMs: 0,
      story: { today: Date.now() },
    })
    onTestFinished(() => simulators.stop())
    const folder = await newFolder()
    await writeConfiguration(simulators, folder)
    const at = { registry, configuration: null, folder }
    const planned = await run('plan --fix dormant-holder --limit 2 --output plan.json'.split(' '), at)
    const applied = await run('apply plan.json --yes'.split(' '), at)
    const { stdout } = await run('demo --users 100 diff --format md'.split(' '), at)
    const ofTables = [planned, applied].flatMap(({ stdout: table }) =>
      [...table.matchAll(/^(?:Change|Result|License) .*$/gm)].flatMap(([line]) => line.trim().split(/ {2,}/)),
    )
    const ofMarkdown = [...stdout.matchAll(/^\| (.*) \|\n\| -/gm)].flatMap(([, head = '']) => head.split(' | '))
    const heads = new Set([...ofTables, ...ofMarkdown])
    expect([...heads]).toEqual(expect.arrayContaining(['Because of', 'Result', 'Given back', 'In', 'Mix']))
    expect([...heads].filter((heading) => !forPeople.has(heading))).toEqual([])
  })
})

describe('the page of findings', () => {
  const RULE = /^`([a-z]+(?:-[a-z]+)+)`$/
  const rulesIn = (path: string) => rowsOf(path).flatMap(([cell = '']) => RULE.exec(cell)?.[1] ?? [])

  it.each(['docs/administrators/findings.md', 'docs/reports.md'])('%s has each rule once', (path) => {
    expect([...rulesIn(path)].sort()).toEqual([...findingRules].sort())
  })
})

describe('the page of exit codes', () => {
  it('has those of the code', () => {
    const codes = rowsOf('docs/administrators/exit-codes.md').flatMap(([cell = '']) =>
      /^\d+$/.test(cell) ? [cell] : [],
    )
    const ofCode = [...read('src/cli/exit-code.ts').matchAll(/(?:return|\?|:) (\d+)/g)].map(([, code = '']) => code)
    expect(new Set(ofCode)).toEqual(new Set(codes))
  })
})

describe('the page of permissions', () => {
  const page = read('docs/administrators/permissions.md')
  const rows = rowsOf('docs/administrators/permissions.md')

  it('has every command', async () => {
    const { stdout } = await run(['--help'], { configuration: null, registry })
    const [, list = ''] = /Commands:\n([\s\S]*?)\n\n/.exec(stdout) ?? []
    const commands = [...list.matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help')
    expect(commands.length).toBeGreaterThan(10)
    const named = new Set(rows.flatMap(([cell = '']) => codesIn(cell).map((code) => code.split(' ')[0])))
    expect(commands.filter((command) => !named.has(command))).toEqual([])
  })

  it('has what the definitions say, which doctor tries', async () => {
    const simulators = [await startGenesysSimulator({ users: 10 }), await startWebexSimulator({ users: 10 })] as const
    onTestFinished(async () => {
      for (const simulator of simulators) await simulator.destroy()
    })
    const [genesys, webex] = simulators
    const configured = [
      { id: 'genesys', type: 'genesys', ...genesys.configuration },
      { id: 'webex', type: 'webex', ...webex.configuration },
    ]
    const { stdout } = await run(['doctor', '--format', 'json'], { registry, configuration: { providers: configured } })
    const { providers } = JSON.parse(stdout) as { readonly providers: readonly ProviderDiagnosis[] }
    const usesOf = (id: string) =>
      (providers.find(({ provider }) => provider === id)?.uses ?? []).flatMap(({ name, permissions }) =>
        name.split(', ').map((command) => ({ command, permissions })),
      )
    const NAME = /^[\w-]+(?::\w+)+$/
    for (const [column, id] of ['genesys', 'webex'].entries()) {
      const uses = usesOf(id)
      expect(uses.length).toBeGreaterThan(6)
      for (const { command, permissions } of uses) {
        const row = rows.find(([cell = '']) => codesIn(cell).some((code) => code.replace(' EMAIL', '') === command))
        const named = codesIn(row?.[column + 1] ?? '').filter((code) => NAME.test(code))
        const unnamed = permissions.filter((anyOf) => !anyOf.some((name) => named.includes(name)))
        expect({ id, command, unnamed }).toEqual({ id, command, unnamed: [] })
        const others = named.filter((name) => !permissions.some((anyOf) => anyOf.includes(name)))
        expect({ id, command, others }).toEqual({ id, command, others: [] })
      }
    }
  })

  it('has every permission and scope that the providers name, and no other', () => {
    const NAME = /`((?:spark-admin|identity|authorization|directory|billing|analytics|affiliateOrganization):[\w:]+)`/g
    const namesIn = (text: string) => new Set([...text.matchAll(NAME)].map(([, name]) => name))
    const ofProviders = namesIn(['genesys', 'webex'].map((vendor) => read(`providers/${vendor}/README.md`)).join('\n'))
    expect(ofProviders.size).toBeGreaterThan(8)
    expect(namesIn(page)).toEqual(ofProviders)
  })
})

describe('the page of messages', () => {
  it('quotes messages that the code prints', () => {
    const source = ['src', 'providers'].map(sourceOf).join('\n')
    const quoted = ['troubleshooting', 'genesys-cloud'].flatMap((page) =>
      rowsOf(`docs/administrators/${page}.md`)
        .flatMap(([cell = '']) => codesIn(cell))
        .filter((message) => message.includes(' ')),
    )
    expect(quoted.length).toBeGreaterThan(25)
    const parts = quoted.flatMap((message) => message.split('…').map((part) => ({ message, part: part.trim() })))
    const absent = parts.filter(({ part }) => part.length > 3 && !source.includes(part))
    expect(absent).toEqual([])
  })
})
