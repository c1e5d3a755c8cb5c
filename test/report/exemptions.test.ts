import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLicenseReport, Exemption, type LicensedUser, LicenseReport, notApplicable } from '../../src/index.ts'
import { textPattern } from '../../src/model/text-pattern.ts'
import { noticesOf } from '../../src/render/index.ts'
import { reportOn } from './priced.ts'
import { failure, license, organization, user } from './reported-organization.ts'

const YEAR_AGO = '2025-11-20T10:00:00.000Z'

/** Dormant. */
const away = (id: string, licenseIds: readonly string[] = ['a'], more: Partial<LicensedUser> = {}) =>
  user(id, licenseIds, { lastActiveAt: YEAR_AGO, ...more })
const licenses = [license('a', { productCode: 'A-1' }), license('b')]

const exempting = async (exemptions: readonly Exemption[], users = [away('ann'), away('bob')], id = 'one') => {
  const report = await reportOn([organization(id, { licenses, users })], { findings: { exemptions } })
  const isOfActivity = ({ rule }: { readonly rule: string }) => rule === 'dormant-holder' || rule === 'never-active'
  const found = (report.findings ?? []).filter(isOfActivity)
  return {
    report,
    seats: found.map(({ userId, licenseId }) => `${userId} ${licenseId}`),
    idle: report.idleExemptions,
    reasons: (report.abstentions ?? []).filter(isOfActivity).map(({ rule, reason }) => `${rule}: ${reason}`),
  }
}

describe('an exemption', () => {
  test('takes seats of a license out, by its id, product code or name', async () => {
    const users = [away('ann', ['a', 'b']), away('bob', ['b'])]
    for (const text of ['a', 'A-1', ' a-1 ', 'Name of a', 'name OF a']) {
      const { seats, idle } = await exempting([{ license: text }], users)
      expect(seats).toEqual(['ann b', 'bob b'])
      expect(idle).toBeUndefined()
    }
  })

  test.each([
    ['the address', 'ann@example.com'],
    ['the address in other letters', ' ANN@example.COM'],
    ['another address', 'phone-7@example.com'],
    ['the id', 'ann'],
    ['the name', 'front desk'],
    ['a part of the address', 'ann@*'],
    ['a part in the middle', '*desk*'],
    ['a part at the end', 'PHONE-*@example.com'],
  ])('takes all seats of a user out, by %s', async (_, text) => {
    const ann = away('ann', ['a', 'b'], { displayName: 'Front Desk', otherEmails: ['phone-7@example.com'] })
    expect((await exempting([{ user: text }], [ann, away('bob')])).seats).toEqual(['bob a'])
  })

  test.each(['an', 'nn@example.com', 'a.n@example.com', 'ann@exampleXcom', '.*', '^ann', 'Ann*', '*.org', '**.org'])(
    'takes nothing that its text is only like: %s',
    async (text) => {
      const users = [away('ann', ['a'], { email: 'x@example.com' }), away('bob')]
      const { seats, idle } = await exempting([{ user: text }], users)
      if (text !== 'Ann*') expect(seats).toEqual(['ann a', 'bob a'])
      expect(idle?.length ?? 0).toBe(text === 'Ann*' ? 0 : 1)
    },
  )

  test('of a license and a user is about that license of the user', async () => {
    const users = [away('ann', ['a', 'b']), away('bob', ['a'])]
    expect((await exempting([{ license: 'a', user: 'an*' }], users)).seats).toEqual(['ann b', 'bob a'])
  })

  test('holds for users who were never active too, and neither rule counts them as unknown', async () => {
    const silent = user('phone', ['a'], { createdAt: YEAR_AGO })
    const seen = user('bob', ['a'], { lastActiveAt: '2026-11-20T09:00:00.000Z' })
    expect((await exempting([], [silent, seen])).seats).toEqual(['phone a'])
    const { seats, reasons } = await exempting(
      [{ user: 'ph*' }],
      [silent, seen, away('phil', ['a'], { lastActiveAt: 'x' })],
    )
    expect(seats).toEqual([])
    expect(reasons).toEqual([])
  })

  test('leaves other rules alone', async () => {
    const gone = away('ann', ['a'], { status: 'inactive' })
    const report = await reportOn([organization('one', { licenses, users: [gone] })], {
      findings: { exemptions: [{ user: '*' }] },
    })
    expect(report.findings?.filter(({ rule }) => rule === 'inactive-holder')).toHaveLength(1)
  })

  test('is for one provider if it names one', async () => {
    const providers = ['one', 'two'].map((id) => organization(id, { licenses, users: [away(`${id}-user`)] }))
    const report = await reportOn(providers, { findings: { exemptions: [{ license: 'a', provider: 'two' }] } })
    const dormant = report.findings?.filter(({ rule }) => rule === 'dormant-holder')
    expect(dormant?.map(({ provider }) => provider)).toEqual(['one'])
  })
})

describe('an exemption that exempts nothing', () => {
  test.each<[Exemption, string]>([
    [{ license: 'c' }, 'no such license'],
    [{ license: 'a', provider: 'two' }, 'no such provider'],
    [{ license: 'b' }, 'no such seat'],
    [{ user: 'svc-*' }, 'no such seat'],
    [{ license: 'b', user: 'ann' }, 'no such seat'],
  ])('is told, and why: %j', async (exemption, why) => {
    const source = 'seatlens.json: exempt[3]'
    const { seats, idle, report } = await exempting([{ user: 'bob' }, { ...exemption, source }])
    expect(seats).toEqual(['ann a'])
    expect(idle).toEqual([{ ...exemption, source, why }])
    const [notice] = noticesOf({ idleExemptions: idle })
    expect(notice).toMatch(/^seatlens\.json: exempt\[3\]: exemption of (?:license|user) "/)
    expect(notice).toContain(`: ${why}; check the spelling, or take it out`)
    expect(LicenseReport.is(JSON.parse(JSON.stringify(report)))).toBe(true)
  })

  test('is not told where a list has a gap: what was not read may have it', async () => {
    const onRequest = ({ operation, continuation }: { operation: string; continuation?: string | undefined }) =>
      operation === 'listUsers' && continuation !== undefined ? failure('one') : undefined
    const provider = organization('one', { licenses, users: [away('ann'), away('bob')], pageSize: 1, onRequest })
    const report = await reportOn([provider], { findings: { exemptions: [{ user: 'svc-*' }] } })
    expect(report.idleExemptions).toBeUndefined()
  })

  test('is no such one if the user is active: it is about kinds of account', async () => {
    const active = away('ann', ['a'], { lastActiveAt: '2026-11-20T09:00:00.000Z' })
    expect((await exempting([{ user: 'ann' }], [active])).idle).toBeUndefined()
    const free = { ...license('free'), purchased: notApplicable }
    const provider = organization('one', { licenses: [free], users: [away('ann', ['free'])] })
    const report = await reportOn([provider], { findings: { exemptions: [{ license: 'free' }] } })
    expect(report.idleExemptions).toBeUndefined()
  })
})

test.each([[{}], [{ provider: 'one' }], [{ user: ' ' }], [{ license: '' }], [{ user: 7 }], [null]])(
  'an exemption that names nothing is none, as it would exempt everything: %j',
  (given) => {
    expect(Exemption.is(given)).toBe(false)
    expect(() => createLicenseReport({ findings: { exemptions: [given as Exemption] } })).toThrow('exemptions')
  },
)

describe('a pattern', () => {
  /** What a pattern means, said otherwise: as a regular expression, which takes much longer. */
  const asExpression = (pattern: string) => new RegExp(`^${pattern.replace(/[.?]/g, '\\$&').replace(/\*/g, '[^]*')}$`)
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '?'), maxLength: 8 })
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '?', '*', '*'), maxLength: 7 })

  test('means what it says, whatever it is', () => {
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        expect(textPattern(pattern)(text)).toBe(asExpression(pattern).test(text))
      }),
      { numRuns: 5_000 },
    )
  })

  test('takes time in proportion to pattern and text, however many stars there are', () => {
    const fits = textPattern(`${'a*'.repeat(2_000)}b`)
    const text = 'a'.repeat(200_000)
    const start = process.cpuUsage()
    expect(fits(text)).toBe(false)
    expect(fits(`${text}b`)).toBe(true)
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
  })
})

test('thousands of exemptions do not take the product of exemptions and users', async () => {
  const users = Array.from({ length: 5_000 }, (_, place) => away(`u${place}`))
  const exemptions = users.slice(1).map(({ id }) => ({ user: `${id}@example.com` }))
  // Else the source would have stopped.
  const seen = away('seen', ['a'], { lastActiveAt: '2026-11-20T09:00:00.000Z' })
  const { seats, idle } = await exempting(exemptions, [...users, seen])
  expect(seats).toEqual(['u0 a'])
  expect(idle).toBeUndefined()
})
