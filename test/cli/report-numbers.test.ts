import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { visibleText } from '../../src/render/index.ts'
import { actionsOf } from '../../src/render/report/actions.ts'
import type { Cost, LicenseReport, LicenseRow, UserRow } from '../../src/report/license-report.ts'
import { pageDataOf } from '../support/page-data.ts'
import { awkwardConfiguration, awkwardSuppressions, awkwardWorlds } from './support/awkward.ts'
import { type ReadSheet, readWorkbook } from './support/read-workbook.ts'
import {
  type CsvRow,
  costOfPerson,
  csvCost,
  csvCount,
  expectLeastCost,
  expectSheetCost,
  isFree,
  least,
  mdRows,
  seen,
  shown,
  shownCost,
  tableRows,
  unguarded,
  word,
} from './support/report-formats.ts'
import { run } from './support/run.ts'

interface Assignment {
  readonly provider: string
  readonly user: string
  readonly license: string
  readonly seat: string
  readonly cost?: Cost
}

type Json = LicenseReport & { readonly assignments: readonly Assignment[] }

const COUNTS = ['purchased', 'consumed', 'assigned', 'available'] as const

let json: Json
let folder: string
const rendered = new Map<string, string>()
const workbooks = new Map<string, ReadonlyMap<string, ReadSheet>>()

const textOf = (format: string, by: string): string => rendered.get(`${format} ${by}`) ?? ''

const sheetOf = (by: string, name: string): ReadSheet => {
  const sheet = workbooks.get(by)?.get(name)
  if (sheet === undefined) throw new Error(`no sheet ${name}`)
  return sheet
}

const inFolder = async (args: readonly string[]) => {
  const options = { worlds: awkwardWorlds, configuration: awkwardConfiguration, folder }
  const result = await run(['report', '--suppressions', 'accepted.json', ...args], options)
  expect(result.code).toBe(5)
  return result
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seatlens-'))
  await writeFile(join(folder, 'accepted.json'), awkwardSuppressions)
  json = JSON.parse((await inFolder(['--format', 'json', '--by', 'assignment'])).stdout)
  for (const by of ['license', 'user', 'assignment']) {
    for (const format of ['table', 'csv', 'md']) {
      rendered.set(`${format} ${by}`, (await inFolder(['--format', format, '--by', by])).stdout)
    }
    if (by === 'license') rendered.set('html license', (await inFolder(['--format', 'html'])).stdout)
    await inFolder(['--format', 'xlsx', '--by', by, '--output', 'r.xlsx'])
    workbooks.set(by, readWorkbook(await readFile(join(folder, 'r.xlsx'))))
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const csvRows = (by: string): readonly CsvRow[] =>
  parse<CsvRow>(textOf('csv', by), { columns: true }).map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [unguarded(key), unguarded(value)])),
  )

const bySeat = (one: { readonly provider: string; readonly user: string; readonly license: string }) =>
  JSON.stringify([one.provider, one.user, one.license])

const people = (): ReadonlyMap<string, readonly UserRow[]> => {
  const found = new Map<string, UserRow[]>()
  for (const user of json.users ?? []) found.set(user.person, [...(found.get(user.person) ?? []), user])
  return found
}

/** The numbers of each license of the page, by their headings. */
const htmlLicenses = (): readonly (readonly (readonly [string, string])[])[] => {
  const tables = [...textOf('html', 'license').matchAll(/<table[^>]* class="licenses[^"]*".*?<\/table>/gs)]
  return tables
    .flatMap(([table]) => [...table.matchAll(/<tr role="row"><th role="rowheader".*?<\/tr>/gs)])
    .map(([row]) =>
      [...row.matchAll(/<td[^>]*data-heading="([^"]*)"[^>]*>(.*?)<\/td>/gs)].map(
        ([, heading = '', cell = '']) => [heading, seen(cell)] as const,
      ),
    )
}

/** What the script of the page is given. */
const pageData = () => pageDataOf(textOf('html', 'license'))

/** A section of the page, as a reader sees it. */
const pageSection = (id: string): string => {
  const [section = ''] = new RegExp(`<section id="${id}".*?</section>`, 's').exec(textOf('html', 'license')) ?? []
  return seen(section)
}

/** Rows of the page's tables of costs: a name and a cost. */
const pageCosts = (): readonly (readonly [string, string])[] => {
  const [section = ''] = /<section id="cost".*?<\/section>/s.exec(textOf('html', 'license')) ?? []
  return [...section.matchAll(/<tr><th scope="row">(.*?)<\/th><td class="number">(.*?)<\/td>/gs)].map(
    ([, name = '', cost = '']) => [seen(name), seen(cost)],
  )
}

describe('the awkward organization', () => {
  it('has every case there is', () => {
    const counts = json.licenses.flatMap((row) => COUNTS.map((count) => row[count]))
    expect(new Set(counts.map(({ kind }) => kind))).toEqual(new Set(['known', 'unknown', 'unlimited', 'notApplicable']))
    expect(counts).toContainEqual(expect.objectContaining({ kind: 'unknown', atLeast: expect.any(Number) }))
    expect(counts).toContainEqual({ kind: 'known', value: 0 })
    expect(json.licenses.some(({ available }) => available.kind === 'known' && available.value < 0)).toBe(true)
    expect(json.providers.map(({ status }) => status)).toEqual(['complete', 'partial', 'failed'])
    expect(json.findings?.filter(({ accepted }) => accepted !== undefined).length).toBeGreaterThan(1)
    expect(json.ambiguousLinks).toHaveLength(1)
    expect(json.idleSuppressions).toHaveLength(1)
    expect(json.licenses.map(({ id }) => id)).toContain('ghost')
    const costs = json.licenses.map(({ cost }) => cost)
    expect(new Set(costs.map((cost) => cost?.kind))).toEqual(new Set(['known', 'unknown', 'notApplicable']))
  })
})

/** Licenses as people read them, provider by provider. */
const inOrder = (): readonly LicenseRow[] =>
  json.providers.flatMap(({ id }) => {
    const own = json.licenses.filter(({ provider }) => provider === id)
    return [...own.filter((row) => !isFree(row)), ...own.filter(isFree)]
  })

describe('every number of a license', () => {
  it('is in CSV as in JSON', () => {
    const rows = csvRows('license')
    const found = rows
      .filter(({ providerStatus }) => providerStatus !== 'failed')
      .map((row) => ({
        provider: row.provider,
        id: row.id,
        name: row.name,
        ...Object.fromEntries([...COUNTS, 'utilization'].map((count) => [count, csvCount(row, count)])),
        cost: csvCost(row),
        discrepancy: row.discrepancy === '' ? undefined : Number(row.discrepancy),
      }))
    expect(found).toEqual(
      json.licenses.map(
        ({ provider, id, name, purchased, consumed, assigned, available, utilization, cost, discrepancy }) => ({
          provider,
          id,
          name,
          purchased,
          consumed,
          assigned,
          available,
          utilization,
          cost,
          discrepancy: discrepancy?.difference,
        }),
      ),
    )
    const failed = rows.filter(({ providerStatus }) => providerStatus === 'failed')
    expect(failed.map(csvCost)).toEqual(
      json.providers.filter(({ status }) => status === 'failed').map(({ cost }) => cost),
    )
  })

  it.each(['license', 'user', 'assignment'])('is unknown by %s of a provider that failed, its cost too', (by) => {
    const gone = json.providers.find(({ id }) => id === 'gone')
    const [row = {}, ...others] = csvRows(by).filter(({ provider, users }) => provider === 'gone' || users === 'gone:')
    expect(others).toEqual([])
    expect(csvCost(row)).toEqual(gone?.cost)
    expect(gone?.cost).toMatchObject({ kind: 'unknown', reason: expect.stringContaining('it is') })
    if (by === 'user') expect(csvCount(row, 'pending')).toEqual(csvCount(row, 'seats'))
    const name = by === 'license' ? 'Licenses' : by === 'user' ? 'Users' : 'Assignments'
    const inSheet = sheetOf(by, name).rows.find(({ Provider, Users }) => Provider === 'gone' || Users === 'gone:')
    expectSheetCost(inSheet ?? {}, gone?.cost)
    const [markdown = ''] = textOf('md', by).split(by === 'license' ? '## Data quality' : '## People with a license')
    if (by === 'license') expect(markdown).toContain('(gone)\n\nfailed · cost unknown\n')
    else expect(mdRows(markdown).findLast((cells) => cells.includes('gone'))).toContain('unknown')
  })

  it('is on the page as in JSON', () => {
    const rows = htmlLicenses()
    expect(rows).toHaveLength(json.licenses.length)
    // What is free is folded, after the others of its provider.
    const isFree = ({ purchased, cost }: LicenseRow) =>
      purchased.kind === 'notApplicable' && (cost ?? purchased).kind === 'notApplicable'
    const inOrder = json.providers.flatMap(({ id }) => {
      const own = json.licenses.filter(({ provider }) => provider === id)
      return [...own.filter((row) => !isFree(row)), ...own.filter(isFree)]
    })
    for (const [index, row] of inOrder.entries()) {
      const cells = new Map(rows[index])
      for (const [heading, count] of [
        ['Purchased', row.purchased],
        ['Consumed', row.consumed],
        ['Assigned', row.assigned],
        ['Available', row.available],
      ] as const) {
        expect(cells.get(heading)?.replace('\u2212', '-'), `${heading} of ${row.id}`).toBe(shown(count))
      }
      const utilization = cells.get('Utilization')
      // Rounded for people, and never to what it is not: neither 0 nor 100 %.
      const within = row.utilization.kind === 'known' ? row.utilization.value * 100 : Number.NaN
      if (row.utilization.kind !== 'known') expect(utilization).toBe(shown(row.utilization))
      else if (utilization === '<1%') expect(within > 0 && within < 1).toBe(true)
      else expect(Math.abs(Number(utilization?.replace('%', '')) - within)).toBeLessThanOrEqual(1)
      const cost = row.cost === undefined ? '–' : shownCost(row.cost)
      expect(cells.get('Cost per month')).toBe(cost)
    }
  })

  it('is in the workbook as in JSON, and never 0 for what is not known', () => {
    const { rows } = sheetOf('license', 'Licenses')
    const own = rows.filter((row) => row['Provider status'] !== 'failed')
    expect(
      own.map(({ Id, License, Purchased, Consumed, Assigned, Available, Utilization, Discrepancy }) => [
        Id,
        License,
        Purchased,
        Consumed,
        Assigned,
        Available,
        Utilization,
        Discrepancy,
      ]),
    ).toEqual(
      inOrder().map((row) => [
        row.id,
        row.name,
        ...COUNTS.map((count) => word(row[count])),
        word(row.utilization),
        row.discrepancy?.difference ?? '',
      ]),
    )
    for (const [index, row] of own.entries()) {
      const license = inOrder()[index]
      expectSheetCost(row, license?.cost)
      expectLeastCost(row, license?.cost)
    }
  })

  it('is in the workbook once more where it is known at least, for sums; what is available has no lower bound', () => {
    const { rows, headings } = sheetOf('license', 'Licenses')
    const own = rows.filter((row) => row['Provider status'] !== 'failed')
    for (const [heading, count] of [
      ['Purchased', 'purchased'],
      ['Consumed', 'consumed'],
      ['Assigned', 'assigned'],
    ] as const) {
      expect(own.map((row) => row[`${heading}, at least`])).toEqual(inOrder().map((row) => least(row[count])))
    }
    expect(headings).not.toContain('Available, at least')
    expect(headings.slice(-2)[0]).toMatch(/, at least/)
    expect(headings.at(-1)).toBe('Notes')
  })

  it('is in the chart of the workbook where it is known, and nowhere else', () => {
    const rows = sheetOf('license', 'Utilization').rows.map(({ Utilization, Purchased, Available }) => [
      Utilization,
      Purchased,
      Available,
    ])
    const expected = json.licenses
      .filter(({ utilization }) => utilization.kind === 'known')
      .map(({ utilization, purchased, available }) => [word(utilization), word(purchased), word(available)])
      .sort(([one], [other]) => Number(other) - Number(one))
    expect(rows).toEqual(expected)
    expect(expected.length).toBeGreaterThan(2)
  })

  it('is in Markdown as in JSON', () => {
    const all = mdRows(textOf('md', 'license').split('## Licenses')[1]?.split('## People')[0] ?? '')
    const rows = all.filter((cells) => !['License', '---'].includes(cells[0] ?? ''))
    const withCode = (provider: string) =>
      json.licenses.some((row) => row.provider === provider && row.productCode !== undefined)
    const numbers = rows.map((cells) => cells.slice(-6))
    expect(rows).toHaveLength(json.licenses.length)
    for (const [index, license] of inOrder().entries()) {
      const expected = COUNTS.map((count) => shown(license[count]))
      expect(numbers[index]?.slice(0, 4)).toEqual(expected)
      expect(numbers[index]?.[5]).toBe(license.cost === undefined ? '' : shownCost(license.cost))
      expect(rows[index]).toHaveLength(withCode(license.provider) ? 8 : 7)
    }
  })

  it('is in the table as in JSON', () => {
    const rows = tableRows(textOf('table', 'license'))
    for (const { id } of json.providers) {
      const own = json.licenses.filter(({ provider }) => provider === id)
      const free = own.filter(isFree)
      if (free.length < 2 || free.length === own.length) continue
      const [line = ''] =
        new RegExp(`^${free.length} licenses that come free: .*$`, 'm').exec(textOf('table', 'license')) ?? []
      for (const { name, assigned } of free) expect(line).toContain(`${name} (${shown(assigned)} assigned)`)
    }
    for (const license of json.licenses) {
      const own = json.licenses.filter(({ provider }) => provider === license.provider)
      if (isFree(license) && own.filter(isFree).length > 1 && !own.every(isFree)) continue
      const expected = COUNTS.map((count) => shown(license[count])).join(' ')
      const cost = license.cost === undefined ? '' : shownCost(license.cost)
      const same = rows.filter((cells) => cells.join(' ').includes(` ${expected} `) && cells.at(-1) === cost)
      expect([license.id, same.length > 0]).toEqual([license.id, true])
    }
  })
})

describe('every number of a person', () => {
  const licenseColumns = (headings: readonly string[]) => headings.filter((heading) => /^(alpha|beta): /.test(heading))

  it('is in CSV as in JSON', () => {
    const rows = csvRows('user').filter(({ users }) => users !== 'gone:')
    const expected = [...people().values()]
    expect(rows.map(({ users }) => users)).toEqual(
      expected.map((users) => users.map(({ provider, id }) => `${provider}:${id}`).join(' ')),
    )
    for (const [column, list] of [
      ['seats', 'licenseIds'],
      ['pending', 'pendingLicenseIds'],
    ] as const) {
      expect(rows.map((row) => csvCount(row, column))).toEqual(
        expected.map((users) => {
          const atLeast = users.reduce((sum, user) => sum + user[list].length, 0)
          return { kind: 'unknown', reason: expect.stringContaining('beta: '), ...(atLeast === 0 ? {} : { atLeast }) }
        }),
      )
    }
    expect(rows.map(csvCost)).toEqual(expected.map((users) => costOfPerson(json, users)))
  })

  it('is in the workbook as in JSON', () => {
    const rows = sheetOf('user', 'Users').rows.filter(({ Users }) => Users !== 'gone:')
    const expected = [...people().values()]
    const atLeast = (sum: number) => (sum === 0 ? 'unknown' : `at least ${sum}`)
    expect(rows.map(({ Seats, Pending }) => [Seats, Pending])).toEqual(
      expected.map((users) => [
        atLeast(users.reduce((sum, { licenseIds }) => sum + licenseIds.length, 0)),
        atLeast(users.reduce((sum, { pendingLicenseIds }) => sum + pendingLicenseIds.length, 0)),
      ]),
    )
    for (const [index, users] of expected.entries()) {
      const cost = costOfPerson(json, users)
      expectSheetCost(rows[index] ?? {}, cost)
      expect(rows[index]?.Notes).toContain(cost.kind === 'unknown' ? cost.reason : '')
    }
  })

  it('is on the page as in JSON', async () => {
    const { people: rows, statuses, costs } = await pageData()
    const placeOf = (provider: string) => (id: string) =>
      json.licenses.findIndex((license) => license.provider === provider && license.id === id)
    const onThePage = rows.map(([, , , cost, , accounts]) => ({
      accounts: accounts.map(([provider, status, external, licenses, pending]) => ({
        provider: json.providers[provider]?.id,
        status: statuses[status],
        external: external === 1,
        licenses,
        pending,
      })),
      cost: costs[cost]?.[0].join(' '),
    }))
    const inJson = [...people().values()].map((users) => ({
      accounts: users.map(({ provider, status, kind, licenseIds, pendingLicenseIds }) => ({
        provider,
        status,
        external: kind === 'external',
        licenses: licenseIds.map(placeOf(provider)),
        pending: pendingLicenseIds.map(placeOf(provider)),
      })),
      cost: shownCost(costOfPerson(json, users)),
    }))
    const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort()
    expect(sorted(onThePage)).toEqual(sorted(inJson))
  })

  it.each(['csv', 'xlsx'])('adds up to what is held of each license in %s', (format) => {
    const rows: readonly Readonly<Record<string, string | number>>[] =
      format === 'csv' ? csvRows('user') : sheetOf('user', 'Users').rows
    const headings = licenseColumns(Object.keys(rows[0] ?? {}))
    expect(headings).toHaveLength(json.licenses.length)
    for (const [index, { provider, id }] of json.licenses.entries()) {
      const column = rows.map((row) => row[headings[index] ?? ''] ?? '')
      const held = json.users?.filter((user) => user.provider === provider && user.licenseIds.includes(id)) ?? []
      const sum = column.reduce<number>((total, cell) => total + (Number(cell) || 0), 0)
      expect([id, sum]).toEqual([id, held.length])
      expect([id, column.includes('unknown')]).toEqual([id, id === 'pool'])
    }
  })

  it('adds up to what is held in Markdown and the table', () => {
    const held = json.users?.reduce((sum, { licenseIds }) => sum + licenseIds.length, 0)
    const md = mdRows(textOf('md', 'user').split('## People')[1]?.split('## People with a license')[0] ?? '')
    const grid = md.slice(md.findIndex(([heading]) => heading === 'Person') + 2)
    const numbers = grid.flatMap((cells) => cells.slice(-json.licenses.length).map((cell) => Number(cell) || 0))
    expect(numbers.reduce((sum, cell) => sum + cell, 0)).toBe(held)
    const [table = ''] = textOf('table', 'user').split('\nPeople\n')
    const lines = table.split('\n')
    const head = lines.find((line) => line.startsWith('Person ')) ?? ''
    const sumBelow = (heading: string): number => {
      const end = head.indexOf(heading) + heading.length
      const cells = lines.map((line) => /≥ (\d+)[⁰¹²³⁴⁵⁶⁷⁸⁹]+$/.exec(line.slice(0, end))?.[1] ?? 0)
      return cells.reduce<number>((sum, cell) => sum + Number(cell), 0)
    }
    expect(sumBelow('Seats')).toBe(held)
    expect(sumBelow('Pending')).toBe(json.users?.flatMap(({ pendingLicenseIds }) => pendingLicenseIds).length)
  })
})

describe('every seat', () => {
  it('is in CSV as in JSON, with what it costs, and what nobody holds has a row', () => {
    const rows = csvRows('assignment')
    const seats = rows
      .filter(({ seat }) => seat === 'assigned' || seat === 'pending')
      .map((row) => ({
        provider: row.provider ?? '',
        user: row.user ?? '',
        license: row.licenseId ?? '',
        seat: row.seat,
        cost: csvCost(row),
      }))
    const expected = json.assignments.map(({ provider, user, license, seat, cost }) => ({
      provider,
      user,
      license,
      seat,
      cost,
    }))
    expect(seats).toEqual(expected)
    const others = rows
      .filter(({ seat }) => seat === 'nobody' || seat === 'unknown')
      .map(({ licenseId, seat }) => [licenseId, seat])
    expect(others).toEqual([
      ['zero', 'nobody'],
      ['unused', 'nobody'],
      ['', 'unknown'],
    ])
  })

  it('is in the workbook as in JSON', () => {
    const rows = sheetOf('assignment', 'Assignments').rows.filter(
      ({ Seat }) => Seat === 'assigned' || Seat === 'pending',
    )
    expect(
      rows.map((row) => bySeat({ provider: `${row.Provider}`, user: `${row.User}`, license: `${row['License id']}` })),
    ).toEqual(json.assignments.map(bySeat))
    for (const [index, row] of rows.entries()) expectSheetCost(row, json.assignments[index]?.cost)
  })

  it.each(['md', 'table'])('is in %s once, as in JSON, with what it costs', (format) => {
    const text = textOf(format, 'assignment')
    const rows = format === 'md' ? mdRows(text) : tableRows(text)
    const seats = rows.flatMap((cells) => {
      const at = cells.findIndex((cell) => cell === 'assigned' || cell === 'pending')
      return at < 0 ? [] : [[cells[0], cells[at], cells[at + 1] ?? '']]
    })
    expect(seats).toEqual(
      json.assignments.map(({ provider, seat, cost }) => [provider, seat, cost === undefined ? '' : shownCost(cost)]),
    )
  })

  it('costs with the others of its user what the user costs', () => {
    for (const user of json.users ?? []) {
      const costs = json.assignments.filter((one) => one.provider === user.provider && one.user === user.id)
      const eur = costs
        .flatMap(({ cost }) => (cost?.kind === 'known' ? cost.amounts : []))
        .filter(({ currency }) => currency === 'EUR')
      const own =
        user.cost?.kind === 'known' ? user.cost.amounts : user.cost?.kind === 'unknown' ? (user.cost.atLeast ?? []) : []
      const sum = eur.reduce((total, { amount }) => total + amount, 0)
      expect(sum).toBe(own.find(({ currency }) => currency === 'EUR')?.amount ?? 0)
    }
  })
})

describe('every finding', () => {
  it('is in the workbook as in JSON, accepted ones too', () => {
    const { rows } = sheetOf('license', 'Single findings')
    expect(
      rows.map(({ Id, Seats, 'Accepted because': reason, 'Accepted until': until }) => [Id, Seats, reason, until]),
    ).toEqual(
      json.findings?.map(({ id, seats, accepted }) => [id, word(seats), accepted?.reason ?? '', accepted?.until ?? '']),
    )
    for (const [index, row] of rows.entries()) expectSheetCost(row, json.findings?.[index]?.cost)
    expect(rows.map(({ Group }) => Group)).toEqual(json.findings?.map(({ group }) => group))
  })

  it('is in the workbook with others of its user and rule, in the order of JSON', () => {
    const { rows } = sheetOf('license', 'Findings')
    const groups = json.findingGroups ?? []
    expect(groups.length).toBeGreaterThan(2)
    expect(rows.map((row) => [row.Id, row.Rule, row.Finding, row.Seats, row['Seats, at least'], row.Findings])).toEqual(
      groups.map(({ id, rule, message, seats, findings }) => [
        id,
        rule,
        message,
        word(seats),
        least(seats),
        findings.join(' '),
      ]),
    )
    for (const [index, row] of rows.entries()) {
      expectSheetCost(row, groups[index]?.cost)
      expectLeastCost(row, groups[index]?.cost)
    }
  })

  it.each(['md', 'table'])('is in %s with others of its user and rule, in the order of JSON', (format) => {
    const [, section = ''] = textOf(format, 'license').split(format === 'md' ? '### Open\n' : /\nOpen: \d+\n/)
    const open = (json.findingGroups ?? []).filter(({ accepted }) => accepted === undefined)
    const messages = new Set(open.map(({ message }) => visibleText(message)))
    const rows = format === 'md' ? mdRows(section.split('### Accepted')[0] ?? '') : tableRows(section)
    const own = rows.flatMap((cells) => {
      const at = cells.findIndex((cell) => messages.has(cell))
      return at < 0 ? [] : [cells.slice(at, at + 3)]
    })
    expect(own).toEqual(open.map(({ message, seats, cost }) => [visibleText(message), shown(seats), shownCost(cost)]))
  })

  it.each(['md', 'table'])('is counted by its rule in %s', (format) => {
    const text = textOf(format, 'license')
    const rows = format === 'md' ? mdRows(text) : tableRows(text)
    for (const rule of new Set(json.findings?.map((finding) => finding.rule))) {
      const all = json.findings?.filter((finding) => finding.rule === rule) ?? []
      const [, open, seats, accepted, notLookedInto, cost] = rows.find(([first]) => first === rule) ?? []
      const openOnes = all.filter((finding) => finding.accepted === undefined)
      const groups = json.findingGroups?.filter((group) => group.rule === rule) ?? []
      const openGroups = groups.filter(({ accepted: because }) => because === undefined)
      const acceptedOnes = openGroups.flatMap(({ findings }) =>
        all.filter((finding) => findings.includes(finding.id) && finding.accepted !== undefined),
      )
      const abstained = json.abstentions?.filter((abstention) => abstention.rule === rule).length ?? 0
      expect([rule, open, accepted, notLookedInto]).toEqual(
        [rule, openGroups.length, groups.length - openGroups.length + acceptedOnes.length, abstained].map(String),
      )
      // Where something was not looked into, no sum is all of it.
      if (abstained > 0)
        expect([seats, cost]).toEqual([
          expect.stringMatching(/^(?:≥|unknown)/),
          expect.stringMatching(/^(?:≥|unknown)/),
        ])
      const least = openOnes.reduce((sum, one) => sum + (one.seats.kind === 'known' ? one.seats.value : 0), 0)
      expect(Number(seats?.replace(/[≥ ,]/g, '').replace(/^(?:unknown|–)$/, '0'))).toBeGreaterThanOrEqual(least)
    }
  })

  it.each(['md', 'table'])('and what was not looked into has a row for each rule in %s, as in JSON', (format) => {
    const text = textOf(format, 'license')
    const rows = format === 'md' ? mdRows(text) : tableRows(text)
    const told = (json.findings ?? []).map(({ rule }) => rule)
    for (const rule of new Set(json.abstentions?.map((abstention) => abstention.rule))) {
      const row = rows.find(([first]) => first === rule)
      const abstained = json.abstentions?.filter((abstention) => abstention.rule === rule).length
      expect([rule, row?.[4]]).toEqual([rule, String(abstained)])
      if (!told.includes(rule)) expect(row?.slice(1, 3)).toEqual(['0', 'unknown'])
    }
  })

  it('is on the page with its seats and cost', async () => {
    const { findings: lists } = await pageData()
    expect(lists.reduce((sum, { findings }) => sum + findings.length, 0)).toBe(json.findingGroups?.length)
    const groups = lists.flatMap(({ findings }) => findings.map(([, fact, , lines]) => ({ fact, lines })))
    // Several findings of a group have a line each; a single one is what the group is.
    const facts = groups.flatMap(({ fact, lines }) => (lines.length === 0 ? [fact] : lines))
    expect(facts).toHaveLength(json.findings?.length ?? 0)
    for (const { findings: ids, seats, cost } of json.findingGroups ?? []) {
      const own = groups
        .filter(({ fact, lines }) => ids.every((id) => [fact, ...lines].some((line) => line.endsWith(id))))
        .map(({ fact }) => fact)
      if (seats.kind !== 'notApplicable') expect(own.join()).toContain(`seats: ${shown(seats)}`)
      if (cost.kind !== 'notApplicable') expect(own.join()).toContain(`cost per month: ${shownCost(cost)}`)
    }
    for (const { seats, cost, id } of json.findings ?? []) {
      const fact = facts.map((line) => line.split(' · ')).find((parts) => parts.includes(id))
      expect(fact?.find((part) => part.startsWith('seats: '))).toBe(
        seats.kind === 'notApplicable' ? undefined : `seats: ${shown(seats)}`,
      )
      expect(fact?.find((part) => part.startsWith('cost per month: '))).toBe(
        cost.kind === 'notApplicable' ? undefined : `cost per month: ${shownCost(cost)}`,
      )
    }
  })

  it('has its seats and cost in Markdown', () => {
    const rows = mdRows(textOf('md', 'license'))
    for (const finding of json.findings ?? []) {
      expect(rows.some((cells) => cells.some((cell) => cell.split(' ').includes(finding.id)))).toBe(true)
    }
    for (const group of json.findingGroups ?? []) {
      const row = rows.find((cells) => cells.includes(group.findings.join(' ')))
      expect(row).toContain(shown(group.seats))
      if (group.cost.kind === 'known') expect(row).toContain(shownCost(group.cost))
    }
  })
})

describe('what can be saved', () => {
  /** Each saving and its parts of any seat, with what people read of it. */
  const parts = () => {
    const { savings } = json
    if (savings === undefined) throw new Error('no savings')
    return [savings.removable, savings.unassigned].flatMap(({ seats, cost, now, atRenewal, untold }) =>
      [{ seats, cost }, now, atRenewal, untold].filter(({ seats: some }) => some.kind !== 'known' || some.value > 0),
    )
  }

  it('has every case there is', () => {
    expect(parts().length).toBeGreaterThan(3)
  })

  it.each(['md', 'table'])('is in %s as in JSON', (format) => {
    const text = textOf(format, 'license')
    const [, section = ''] = text.split(`${format === 'md' ? '## ' : ''}What can be saved\n`)
    const [first = ''] = section.split(/\n(?:## )?Most valuable actions\n/)
    const rows = (format === 'md' ? mdRows(first) : tableRows(first)).filter(([what]) =>
      /^(Seats|Purchased|of these)/.test(what ?? ''),
    )
    expect(rows.map((cells) => cells.slice(1))).toEqual(
      parts().map(({ seats, cost }) => [shown(seats), shownCost(cost)]),
    )
  })

  it('is in the workbook as in JSON', () => {
    const rows = sheetOf('license', 'Summary').rows.filter(({ About }) => About === 'Can be saved')
    expect(rows.map((row) => [row.Value, row['Value, at least']])).toEqual(
      parts().map(({ seats }) => [word(seats), least(seats)]),
    )
    for (const [index, row] of rows.entries()) {
      expectSheetCost(row, parts()[index]?.cost)
      expectLeastCost(row, parts()[index]?.cost)
    }
  })

  it.each(['md', 'table', 'xlsx'])('begins with what to do first, and what it saves, in %s', (format) => {
    const actions = actionsOf(json)
    expect(actions.length).toBeGreaterThan(2)
    const [, section = ''] = textOf(format, 'license').split(/\n(?:## )?Most valuable actions\n/)
    const [part = ''] = section.split(/\n\n(?:## )?(?:Renewals ahead|What is not known)\n/)
    const rows = (): readonly (readonly (string | number)[])[] => {
      if (format === 'xlsx') {
        const facts = sheetOf('license', 'Summary').rows.filter(({ About }) => /^Action \d/.test(`${About}`))
        return facts.map(({ What = '', Value = '' }) => [What, Value])
      }
      const whats = new Set(actions.map(({ what }) => visibleText(what)))
      const all = format === 'md' ? mdRows(part) : tableRows(part)
      return all.flatMap((cells) => {
        const at = cells.findIndex((cell) => whats.has(cell))
        return at < 0 ? [] : [[cells[at] ?? '', cells[at + 2] ?? '']]
      })
    }
    const sheetRows = actions.flatMap(({ provider, what, how, seats }) => [
      [`${provider}: ${what}`, word(seats)],
      [how, ''],
    ])
    const textRows = actions.map(({ what, seats }) => [visibleText(what), shown(seats)])
    const expected = format === 'xlsx' ? sheetRows : textRows
    expect(rows()).toEqual(expected)
  })
})

describe('every number of the whole', () => {
  /** The tables of the section of costs; `rule` is what is below the headings. */
  const costRows = (rule?: string): readonly (readonly string[])[] => {
    const headed = (heading: string) => [
      [heading, 'Cost per month'],
      ...(rule === undefined ? [] : [[rule, `${rule}:`]]),
    ]
    const { total, departments = [] } = json.cost ?? { total: { kind: 'notApplicable' as const } }
    return [
      ...headed('Purchased'),
      ['in total', shownCost(total)],
      ...json.providers.map(({ displayName, id, cost }) => [
        `${displayName} (${id})`,
        shownCost(cost ?? { kind: 'notApplicable' }),
      ]),
      ...headed('Seats that people hold, by department'),
      // In the JSON's order, as amounts of several currencies cannot be compared.
      ...departments.map(({ department = 'none or unknown', cost }) => [department, shownCost(cost)]),
    ]
  }

  const counts = () => [
    ...json.providers.map(({ licensedUsers }) => licensedUsers),
    ...Object.values(json.people),
    ...(json.overlaps ?? []).flatMap(({ people: shared, paid }) => (paid === undefined ? [shared] : [shared, paid])),
  ]

  it('is on the page as in JSON', () => {
    const summary = pageSection('summary')
    for (const count of [json.people.total, json.people.inSeveralProviders]) {
      expect(summary).toContain(shown(count))
    }
    const overlap = pageSection('overlap')
    for (const { people: shared, paid = shared } of json.overlaps ?? []) {
      expect(overlap).toMatch(new RegExp(`${shown(shared)}[⁰¹²³⁴⁵⁶⁷⁸⁹]* people are licensed both`))
      expect(overlap).toMatch(new RegExp(`${shown(paid)}[⁰¹²³⁴⁵⁶⁷⁸⁹]* of them paid for in both`))
    }
    const { total, departments = [] } = json.cost ?? { total: { kind: 'notApplicable' as const } }
    expect(pageSection('cost')).toContain(shownCost(total))
    expect(
      pageCosts()
        .map(([, cost]) => cost)
        .sort(),
    ).toEqual(
      [...json.providers, ...departments].map(({ cost }) => shownCost(cost ?? { kind: 'notApplicable' })).sort(),
    )
  })

  it('is in the workbook as in JSON', () => {
    const { rows } = sheetOf('license', 'Summary')
    const values = rows
      .filter(({ What }) => /^(licensed users|in |paid for|without|external)/.test(String(What)))
      .map(({ Value }) => Value)
    expect(values).toEqual(counts().map(word))
    const [first, ...others] = rows.map(({ About, What, Value }) => [About, What, Value])
    expect(first).toEqual(['Report', 'complete', 'no'])
    const missing = others.slice(
      0,
      others.findIndex(([about]) => about !== 'Missing'),
    )
    expect(missing.map(([, what]) => what)).toEqual([
      expect.stringContaining('beta: the list of users lacks holders of | Pool'),
      expect.stringContaining('gone: '),
    ])
    const cost = rows.find(({ About, What }) => About === 'Report' && What === 'cost of what was purchased')
    expectSheetCost(cost ?? {}, json.cost?.total)
    expect(cost?.Notes).toContain(json.cost?.total.kind === 'unknown' ? 'at least EUR' : '')
  })

  it('is in the workbook for each department, as in JSON', () => {
    const { rows } = sheetOf('license', 'Summary')
    const departments = rows.filter(({ About }) => String(About).startsWith('Department: '))
    expect(departments).toHaveLength(json.cost?.departments?.length ?? 0)
    for (const [index, { cost }] of (json.cost?.departments ?? []).entries())
      expectSheetCost(departments[index] ?? {}, cost)
  })

  it.each(['xlsx', 'md', 'html'])('is in %s for how each list was read, as in JSON', (format) => {
    const ledgers = json.providers.flatMap(({ ledgers: { licenses, assignments, directory } }) =>
      [licenses, assignments, ...(directory === undefined ? [] : [directory])].map(({ items, total, undecodable }) =>
        [items, total ?? 'not provided', undecodable].join(' '),
      ),
    )
    const sheet = () =>
      sheetOf('license', 'Data quality')
        .rows.filter(({ What }) => String(What).startsWith('list of '))
        .map(({ Read, "Vendor's total": total, Unreadable }) => [Read, total, Unreadable].join(' '))
    const markdown = () =>
      mdRows(textOf('md', 'license').split('## Data quality')[1] ?? '')
        .filter(([, what]) => what?.startsWith('list of '))
        .map((cells) => [cells[4], cells[5], cells[7]].join(' '))
    const page = () => {
      const [, section = ''] = textOf('html', 'license').split('<section id="quality"')
      return [...section.matchAll(/<tr><th scope="row">.*?<\/tr>/gs)].map(([row]) =>
        [...row.matchAll(/<td class="number"[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => seen(cell)).join(' '),
      )
    }
    const inFormat = format === 'xlsx' ? sheet() : format === 'md' ? markdown() : page()
    expect([...inFormat].sort()).toEqual([...ledgers].sort())
  })

  it('is in Markdown as in JSON', () => {
    const summary = mdRows(textOf('md', 'license').split('## People with a license')[1]?.split('## Findings')[0] ?? '')
    const values = summary.map((cells, index) => (index < 2 + json.providers.length ? cells[2] : cells[1]))
    for (const count of counts()) expect(values).toContain(shown(count))
    if (json.cost !== undefined)
      expect(textOf('md', 'license')).toContain(`Purchased seats: **${shownCost(json.cost.total)} per month**.`)
    expect(mdRows(textOf('md', 'license').split('## Cost')[1]?.split('## Findings')[0] ?? '')).toEqual(costRows('---'))
  })

  it('is in the table as in JSON', () => {
    const text = textOf('table', 'license')
    for (const count of Object.values(json.people)) expect(text).toContain(`${shown(count)}`)
    if (json.cost !== undefined) expect(text).toContain(`Purchased seats: ${shownCost(json.cost.total)}`)
    const [, section = ''] = text.split('\nCost\n')
    const rows = tableRows(section.split('\nFindings\n')[0] ?? '').filter(({ length }) => length === 2)
    expect(rows).toEqual(costRows())
  })
})
