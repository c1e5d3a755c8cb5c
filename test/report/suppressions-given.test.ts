import { describe, expect, it } from 'vitest'
import { checkReport, createLicenseReport, Suppression } from '../../src/index.ts'
import { reportOn } from './priced.ts'
import { license, organization, user } from './reported-organization.ts'

const one = organization('one', {
  licenses: [license('a')],
  users: [user('ann', ['a'], { status: 'inactive' })],
})

/** Mistakes as they come from a file or from JavaScript, and the place that is named. */
const mistakes: readonly (readonly [given: object, problem: string])[] = [
  [{ rule: 'inactive-holder', reason: 'x', until: '31.12.2019' }, '[0].until: expected a day such as "2026-12-31"'],
  [{ rule: 'inactive-holder', reason: 'x', until: 'soon' }, '[0].until: expected a day such as "2026-12-31"'],
  [{ rule: 'inactive-holder', reason: ' ' }, '[0].reason: expected a text that is not empty'],
  [{ reason: 'x' }, '[0]: expected a suppression that names a finding, rule, provider, license or user'],
  [{ rule: 'inactive-holder', user: '', reason: 'x' }, '[0].user: expected a text that is not empty'],
]

const refusal = (message: string) => expect.objectContaining({ name: 'LicenseException', message })

const suppression = (given: object): Suppression => ({ reason: '', ...given })

describe('a suppression that is none', () => {
  it.each(mistakes)('is refused by a report with its place: %j', (given, problem) => {
    const suppressions = [suppression(given)]
    expect(() => createLicenseReport({ findings: { suppressions } })).toThrow(
      refusal(`findings.suppressions${problem}`),
    )
    expect(Suppression.is(given)).toBe(false)
  })

  it.each(mistakes)('is refused by a check with its place: %j', async (given, problem) => {
    const report = await reportOn([one], { findings: {} })
    const limits = { failOn: ['inactive-holder'], failOnUnknown: false, dormantAfterDays: 90 } as const
    expect(() => checkReport(report, limits, { suppressions: [suppression(given)] })).toThrow(
      refusal(`suppressions${problem}`),
    )
  })

  it('is no list at all', () => {
    const suppressions = JSON.parse('"x"')
    expect(() => createLicenseReport({ findings: { suppressions } })).toThrow(
      'findings.suppressions: expected a list of suppressions',
    )
  })

  it('is none of those that say what they accept, and why', () => {
    for (const given of [
      { rule: 'inactive-holder', reason: 'x' },
      { id: 'f1', reason: 'x', until: '2026-12-31' },
      { rule: 'inactive-holder', reason: 'x', until: undefined, user: undefined },
    ]) {
      expect(Suppression.is(given)).toBe(true)
    }
  })
})
