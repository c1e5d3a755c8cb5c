import { describe, expect, it } from 'vitest'
import { matchLicenses } from '../../src/model/comparing.ts'
import { labelsOf } from '../../src/report/license-labels.ts'

const site = (id: string, name: string, siteUrl?: string, subscriptionId?: string) => ({
  provider: 'webex',
  id,
  name,
  productCode: `C${id}`,
  ...(siteUrl === undefined ? {} : { siteUrl }),
  ...(subscriptionId === undefined ? {} : { subscriptionId }),
})

const licenses = [
  site('L1', 'Webex Suite', 'a.webex.com'),
  site('L2', 'Webex Suite', 'b.webex.com'),
  site('L3', 'Calling', undefined, 'Sub1'),
  site('L4', 'Calling', undefined, 'Sub1'),
  site('L5', 'Messaging', 'a.webex.com'),
  site('l6', 'Old'),
  site('L6', 'New'),
  site('X', 'l7'),
  site('L7', 'Seventh'),
]

const idsOf = (wanted: string) => matchLicenses(licenses, wanted).map(({ id }) => id)

describe('a license', () => {
  it('is meant by the name that a report shows, with its site, subscription or id', () => {
    const labels = labelsOf(licenses)
    expect(labels.slice(0, 5)).toEqual([
      'Webex Suite (a.webex.com)',
      'Webex Suite (b.webex.com)',
      'Calling (L3)',
      'Calling (L4)',
      'Messaging',
    ])
    for (const [index, license] of licenses.entries()) {
      if (license.name === 'l7') continue
      expect(idsOf(labels[index] ?? '')).toEqual([license.id])
      expect(idsOf(`webex: ${labels[index]}`)).toEqual([license.id])
      expect(idsOf((labels[index] ?? '').toUpperCase())).toEqual([license.id])
    }
  })

  it.each([
    ['L1', ['L1']],
    ['l1', ['L1']],
    ['cl1', ['L1']],
    ['L6', ['L6']],
    ['l6', ['l6']],
    ['messaging (A.webex.com)', ['L5']],
    ['Webex Suite', ['L1', 'L2']],
    ['Calling (Sub1)', ['L3', 'L4']],
    // An id in another case is no better than a name: which one is meant is asked.
    ['l7', ['X', 'L7']],
    ['L7', ['L7']],
    ['Webex', []],
    ['', []],
  ])('is meant by %j: %j', (wanted, ids) => {
    expect(idsOf(wanted)).toEqual(ids)
  })
})
