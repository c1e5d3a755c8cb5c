import { beforeAll, describe, expect, it } from 'vitest'
import { known, LicenseException, type LicenseReport, withDeclaredLicenses } from '../../src/index.ts'
import { numberText, renderReport, textOf } from '../../src/render/index.ts'
import { actionsOf } from '../../src/render/report/actions.ts'
import { costText, monthlyText } from '../../src/render/text/cost-text.ts'
import { countText } from '../../src/render/text/count-text.ts'
import { reportOn, seatPrice } from '../report/priced.ts'
import { license, organization, user } from '../report/reported-organization.ts'
import { pageDataOf } from '../support/page-data.ts'

const LONG_AGO = '2026-01-02T03:04:05.000Z'
const RECENTLY = '2026-11-18T03:04:05.000Z'

const acme = withDeclaredLicenses(
  organization('acme', {
    licenses: [
      license('suite', { name: 'Suite', purchased: known(1), term: { end: '2027-01-31', noticeDays: 60 } }),
      license('phone', { name: 'Phone', purchased: known(70), term: { end: '2028-01-31' } }),
      license('talk', { name: 'Talk' }),
      license('free', { name: 'Free of charge', purchased: { kind: 'notApplicable' } }),
    ],
    users: [
      user('ada', ['suite', 'phone', 'free'], { lastActiveAt: LONG_AGO, displayName: 'Ada', department: 'Engines' }),
      user('bob', ['suite', 'talk'], { lastActiveAt: LONG_AGO, displayName: 'Bob' }),
      user('eve', ['phone', 'free'], { lastActiveAt: RECENTLY, displayName: 'Eve' }),
      user('=cmd', ['phone'], { lastActiveAt: LONG_AGO, displayName: 'Mallory', status: 'inactive' }),
    ],
  }),
  new Map([
    ['suite', { prices: [seatPrice(4_200)] }],
    ['phone', { prices: [seatPrice(1_300)] }],
  ]),
)

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }

/** What a reader sees of a part of the page. */
const seenIn = (html: string, id: string): string => {
  const [, part = ''] = html.split(`id="${id}"`)
  const [section = ''] = part.split('</section>')
  return section
    .replace(/<sup>.*?<\/sup>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w+);/g, (_, entity) => ENTITIES[entity] ?? '?')
    .replace(/\s+/g, ' ')
}

let report: LicenseReport
let page: string

const pageOf = async (shown: LicenseReport): Promise<string> => textOf(await renderReport(shown, { format: 'html' }))

beforeAll(async () => {
  report = await reportOn([acme], { findings: { dormantAfterDays: 90 } })
  page = await pageOf(report)
})

describe('the page of a report', () => {
  it('has a line of savings for each time that saves seats, and none for others', () => {
    const seen = seenIn(page, 'savings')
    const { removable, unassigned } = report.savings ?? {}
    for (const [label, field] of [
      ['at once', 'now'],
      ['at renewal, after', 'atRenewal'],
      ['at a time that is not known', 'untold'],
    ] as const) {
      const parts = [removable?.[field], unassigned?.[field]].filter(
        (part) => countText(part?.seats ?? known(0)) !== '0',
      )
      expect([label, seen.split(label).length - 1]).toEqual([label, parts.length])
    }
  })

  it('has the facts that findings repeat, and the user of several seats, once in its data', async () => {
    const [, ...parts] = page.split('data-name="')
    const data = parts.join('')
    expect(data.split('days allowed without activity: ')).toHaveLength(2)
    expect(data.split('cost per month: EUR 13.00')).toHaveLength(2)
    const { findings, removals } = await pageDataOf(page)
    const places = ['suite', 'phone'].map((license) => removals.licenses.indexOf(license))
    const ofAda = findings
      .flatMap((list) => list.findings)
      .flatMap(([, , seats]) => seats.map(([user, ...held]) => [removals.users[user], held]))
      .filter(([of]) => of?.[1] === 'ada')
    expect(ofAda).toEqual([[[0, 'ada'], places]])
  })

  it('opens with savings, actions, renewals and what is not known, and then has licenses, people and findings', () => {
    const places = ['savings', 'actions', 'renewals', 'unknown', 'licenses', 'people', 'findings'].map((id) =>
      page.indexOf(`<section id="${id}"`),
    )
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((one, other) => one - other))
  })

  it('has the savings of the report, part by part', () => {
    const { savings } = report
    if (savings === undefined) throw new Error('the report has no savings')
    const seen = seenIn(page, 'savings')
    for (const { seats, cost, now, atRenewal, untold } of [savings.removable, savings.unassigned]) {
      expect(seen).toContain(`${monthlyText(cost)} ${countText(seats)} seats`)
      for (const part of [now, atRenewal, untold]) {
        if (countText(part.seats) !== '0') expect(seen).toContain(`${countText(part.seats)} ${costText(part.cost)}`)
      }
    }
    expect(savings.removable).toMatchObject({
      seats: known(5),
      now: { seats: known(1), cost: { amounts: [{ amount: 4_200 }] } },
    })
    expect(seen).toContain('2027-01-31 to 2028-01-31')
  })

  it('says what to do first, what that saves and how it is done, in the words of the other formats', () => {
    const seen = seenIn(page, 'actions')
    const actions = actionsOf(report)
    expect(actions.map(({ what }) => what)).toEqual([
      'Renew 67 fewer seats of Phone',
      'Take back 4 seats of 2 users who have been idle for 90 days or more',
      'Renew 1 fewer seat of Suite',
      'Take back 1 seat of 1 user who is inactive or deleted',
      'Renew 9 fewer seats of Talk',
    ])
    const places = actions.map(({ what }) => seen.indexOf(what))
    expect(places).not.toContain(-1)
    expect(places).toEqual([...places].sort((one, other) => one - other))
    for (const { cost } of actions) expect(seen).toContain(monthlyText(cost))
    expect(page).toContain('<p class="how">Plan it: <code>seatlens plan --fix inactive-holder</code></p>')
  })

  it('has the terms that end within 180 days, with the last day to cancel and what is free', () => {
    const seen = seenIn(page, 'renewals')
    expect(seen).toMatch(/Suite .*2027-01-31 in 72 days 2026-12-02 1 -1 EUR 42\.00/)
    expect(seen).not.toContain('2028-01-31')
    expect(seen).toContain('The end of the term is unknown for 1 license.')
  })

  it('says where rules lack data, and every remark', async () => {
    const remark = 'activity by reports has stopped'
    const [first] = report.providers
    if (first === undefined) throw new Error('the report has a provider')
    const licenses = { ...first.ledgers.licenses, remarks: [remark] }
    const shown = await pageOf({
      ...report,
      providers: [{ ...first, status: 'partial', ledgers: { ...first.ledgers, licenses } }],
      abstentions: [
        { rule: 'over-assigned', provider: 'acme', reason: 'nothing is known of seats: grant `some:scope`' },
      ],
    })
    const seen = seenIn(shown, 'unknown')
    expect(seen).toContain('Display name of acme partial')
    expect(seen).toContain('over-assigned : acme: nothing is known of seats')
    expect(shown).toContain('grant <code>some:scope</code>')
    expect(seen).toContain(remark)
  })

  it('counts and lists findings of one rule about one user as one, with a line for each', () => {
    const groups = report.findingGroups ?? []
    expect(groups.length).toBeLessThan(report.findings?.length ?? 0)
    expect(seenIn(page, 'summary')).toContain(`Findings ≥ ${numberText(groups.length)} `)
    const seen = seenIn(page, 'findings')
    for (const { message, findings } of groups) {
      expect(seen).toContain(message)
      for (const id of findings) expect(seen).toContain(id)
    }
  })

  it('has a finding each where a report of version 0.1 has no groups', async () => {
    const { findingGroups: _, savings: __, ...early } = report
    const findings = (early.findings ?? []).map(({ group: ___, ...finding }) => finding)
    const shown = await pageOf({ ...early, findings })
    expect(seenIn(shown, 'summary')).toContain(`Findings ≥ ${findings.length} `)
    for (const { message } of findings) expect(seenIn(shown, 'findings')).toContain(message)
  })

  it('folds licenses away that cost nothing and were not purchased', () => {
    const [, folded = ''] = page.split('<details class="free">')
    expect(folded.split('</details>')[0]).toContain('Free of charge')
    expect(page.split('<details class="free">')[0]).not.toContain('>Free of charge<')
  })

  it('is the same file for the same report', async () => {
    expect(await pageOf(structuredClone(report))).toBe(page)
  })
})

describe('the title and the logo of a page', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])
  const text = (content: string) => new TextEncoder().encode(content)
  const rendered = async (options: { title?: string; logo?: Uint8Array }): Promise<string> =>
    textOf(await renderReport(report, { format: 'html', ...options }))

  it('are what they are set to, and the title is no markup', async () => {
    const shown = await rendered({ title: 'Seats of <b>ACME</b>', logo: png })
    expect(shown).toContain('<h1>Seats of &lt;b&gt;ACME&lt;/b&gt;</h1>')
    expect(shown).toContain('<title>Seats of &lt;b&gt;ACME&lt;/b&gt;, 20 November 2026, 10:00 UTC</title>')
    expect(shown).toContain(`src="data:image/png;base64,${Buffer.from(png).toString('base64')}"`)
    expect(shown).toContain('; img-src data:; script-src ')
  })

  it.each([
    ['image/jpeg', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0])],
    ['image/svg+xml', text('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['image/svg+xml', text('\ufeff<?xml version="1.0"?>\n<!-- > --><!DOCTYPE svg>\n<svg viewBox="0 0 1 1"></svg>')],
  ])('is %s by its content', async (type, logo) => {
    expect(await rendered({ logo })).toContain(`src="data:${type};base64,`)
  })

  it.each([
    ['a page', text('<html><svg></svg></html>')],
    ['a text', text('svg')],
    ['nothing', new Uint8Array()],
    ['declarations of its own', text('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>')],
    ['too large', new Uint8Array(300_000).fill(0xff)],
  ])('refuses a logo that is %s', async (_, logo) => {
    await expect(rendered({ logo })).rejects.toThrow(LicenseException)
    await expect(rendered({ logo })).rejects.toThrow('logo: expected a PNG, JPEG or SVG image of 256 KiB at most')
  })

  it('refuses a title without a letter', async () => {
    await expect(rendered({ title: ' ' })).rejects.toThrow('title: expected a text of 1 to 200 characters')
  })

  it('allows no images where there is no logo', () => {
    expect(page).not.toContain('img-src')
  })
})
