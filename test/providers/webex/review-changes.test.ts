import { describe, expect, test } from 'vitest'
import { createWebexProvider } from '../../../providers/webex/index.ts'
import {
  type AssignmentChange,
  type CallingProperties,
  known,
  type License,
  type LicensedUser,
} from '../../../src/provider-kit/index.ts'
import { licenseId, withToken } from './webex-at-http.ts'

const professional = licenseId('BCSTD')
const standard = licenseId('BCX')
const attendants = licenseId('ATT')
const meetings = licenseId('EE')

const license = (id: string, name: string): License => ({
  provider: 'webex',
  id,
  name,
  metric: 'named',
  purchased: known(1),
  consumed: known(0),
  includes: [],
  requires: [],
})

const licenses = new Map(
  [
    license(standard, 'Webex Calling - Standard'),
    license(attendants, 'Webex Calling - Attendant Console'),
    license(meetings, 'Webex Meetings Suite'),
    { ...license('short', 'Renamed'), productCode: 'BCSTD' },
  ].map((each) => [each.id, each] as const),
)

const reachable: CallingProperties = { phoneNumber: '+15551234567' }

const assign = (id: string, calling?: CallingProperties): AssignmentChange => ({
  action: 'assign',
  userId: 'ann',
  licenseId: id,
  ...(calling === undefined ? {} : { calling }),
})
const remove = (id: string): AssignmentChange => ({ action: 'remove', userId: 'ann', licenseId: id })

const holding = (...licenseIds: string[]): ReadonlyMap<string, LicensedUser> =>
  new Map([
    ['ann', { provider: 'webex', id: 'ann', kind: 'internal', status: 'active', licenseIds, pendingLicenseIds: [] }],
  ])

/** What is said of each user; what is said of licenses alone, says given-back.test.ts. */
const remarks = (changes: readonly AssignmentChange[], users: ReadonlyMap<string, LicensedUser> = new Map()) =>
  (createWebexProvider(withToken).reviewChanges?.(changes, { licenses, users }) ?? [])
    .filter(({ about }) => about !== 'license')
    .map(({ severity, rule, change }) => `${severity} ${rule} ${changes.indexOf(change)}`)

describe('a review of changes for Webex', () => {
  test('has nothing to say of an ordinary assignment and removal', () => {
    expect(remarks([assign(meetings), remove(licenseId('MS'))], holding(licenseId('MS')))).toEqual([])
  })

  test.each<[string, CallingProperties | undefined, readonly string[]]>([
    ['no properties', undefined, ['problem missing-calling-properties 0']],
    ['a location alone', { locationId: 'loc' }, ['problem missing-calling-properties 0']],
    ['an extension without a location', { extension: '1234' }, ['problem missing-location 0']],
    ['an extension at a location', { extension: '1234', locationId: 'loc' }, []],
    ['a phone number', reachable, []],
    ['a phone number as people write it', { phoneNumber: '0555 1234567' }, ['problem malformed-phone-number 0']],
    [
      'a phone number as an example of the vendor has it',
      { phoneNumber: '14085267209' },
      ['warning malformed-phone-number 0'],
    ],
    ['a phone number with a zero in front', { phoneNumber: '+0555123' }, ['problem malformed-phone-number 0']],
    ['an extension with letters', { extension: '12a', locationId: 'loc' }, ['problem malformed-extension 0']],
  ])('wants of Professional calling with %s what it lacks', (_, calling, expected) => {
    expect(remarks([assign(professional, calling)])).toEqual(expected)
  })

  test('knows calling by the product code of the license where its id does not tell', () => {
    expect(remarks([assign('short')])).toEqual(['problem missing-calling-properties 0'])
  })

  test('knows Standard calling by its name', () => {
    expect(remarks([assign(standard)])).toEqual(['problem missing-calling-properties 0'])
  })

  test('only warns of a license that begins like calling and is not known', () => {
    expect(remarks([assign(licenseId('BCNEW'))])).toEqual(['warning missing-calling-properties 0'])
  })

  test.each(['BCCA', 'BCHDO', 'BCRLC'])('wants no properties for %s, with which no person makes calls', (code) => {
    expect(remarks([assign(licenseId(code))])).toEqual([])
  })

  test('warns of calling properties that are given for something else', () => {
    expect(remarks([assign(meetings, reachable)])).toEqual(['warning unused-calling-properties 0'])
  })

  test('warns of none that are undefined, as they are not given', () => {
    expect(remarks([assign(meetings, { locationId: undefined, extension: undefined })])).toEqual([])
  })

  describe('of Professional and Standard calling', () => {
    const both = 'problem professional-and-standard-calling'

    test('refuses both at once', () => {
      expect(remarks([assign(professional, reachable), assign(standard, reachable)])).toEqual([
        `${both} 0`,
        `${both} 1`,
      ])
    })

    test('refuses one beside the other that is held', () => {
      expect(remarks([assign(professional, reachable)], holding(standard))).toEqual([`${both} 0`])
    })

    test('lets one take the place of the other, and warns that calling settings go with it', () => {
      expect(remarks([remove(standard), assign(professional, reachable)], holding(standard))).toEqual([
        'warning calling-settings-lost 0',
      ])
    })

    test('warns that a downgrade is refused', () => {
      expect(remarks([remove(professional), assign(standard, reachable)], holding(professional))).toEqual([
        'warning calling-settings-lost 0',
        'warning calling-downgrade 1',
      ])
    })
  })

  test('warns of licenses that exclude each other', () => {
    expect(remarks([assign(attendants)], holding(standard))).toEqual([
      'warning exclusive-licenses 0',
      'warning presupposed-license 0',
    ])
    expect(remarks([assign(professional, reachable)], holding(licenseId('UCPREM')))).toEqual([
      'warning exclusive-licenses 0',
    ])
  })

  test('refuses to remove Screen Share, and warns of the other free licenses', () => {
    const free = ['FSS', 'FMS', 'FTM'].map((code) => licenseId(code))
    expect(remarks(free.map(remove), holding(...free))).toEqual([
      'problem implicit-license 0',
      'warning presupposed-license 1',
      'warning presupposed-license 2',
    ])
  })

  test('refuses changes that contradict each other, even where one of them would change nothing', () => {
    expect(remarks([assign(meetings), remove(meetings)], holding(meetings))).toEqual([
      'problem contradicting-changes 0',
      'problem contradicting-changes 1',
    ])
    const other = assign(professional, { phoneNumber: '+15557654321' })
    expect(remarks([assign(professional, reachable), other])).toEqual([
      'problem contradicting-changes 0',
      'problem contradicting-changes 1',
    ])
  })

  test('has nothing against the same change twice', () => {
    expect(remarks([assign(meetings), assign(meetings)])).toEqual([])
  })

  test('says nothing of what would change nothing', () => {
    expect(remarks([assign(professional), remove(licenseId('FSS'))], holding(professional))).toEqual([])
  })
})
