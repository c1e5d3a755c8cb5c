import { describe, expect, it } from 'vitest'
import { known, withDeclaredLicenses } from '../../src/index.ts'
import { noticesOf } from '../../src/render/index.ts'
import { reportOn } from '../report/priced.ts'
import { license, organization, user } from '../report/reported-organization.ts'

describe('what was written down and is of no use', () => {
  it('is a license that the vendor does not list, and its row says so', async () => {
    const vendor = organization('one', { licenses: [license('a')], users: [user('ann', ['a'])] })
    const declared = new Map([
      ['a', { name: 'Gold' }],
      ['aa', { purchased: known(500) }],
    ])
    const report = await reportOn([withDeclaredLicenses(vendor, declared)])
    expect(noticesOf(report)).toEqual([
      'one: the license aa has overrides in the configuration, but the vendor does not list it',
    ])
    expect(report.licenses.map(({ id, declaredOnly }) => [id, declaredOnly])).toEqual([
      ['a', undefined],
      ['aa', true],
    ])
  })

  it('is a suppression that has expired or matches nothing', async () => {
    const suppressions = [
      { rule: 'unassigned-seats', reason: 'spare', until: '2020-01-31' },
      { license: 'b', reason: 'typo' },
    ]
    const report = await reportOn([organization('one')], { findings: { suppressions } })
    expect(noticesOf(report)).toEqual([
      'suppression of rule unassigned-seats (spare): expired on 2020-01-31',
      'suppression of license b (typo): matches nothing',
    ])
  })
})
