import { expect, test } from 'vitest'
import { type AssignmentChange, Changes, type LicensedUser } from '../../../src/provider-kit/index.ts'

const change = (action: 'assign' | 'remove', licenseId: string, userId = 'ann'): AssignmentChange => ({
  action,
  licenseId,
  userId,
})

const ann: LicensedUser = {
  provider: 'vendor',
  id: 'ann',
  kind: 'internal',
  status: 'active',
  licenseIds: ['a', 'b'],
  pendingLicenseIds: [],
}
const surroundings = { licenses: new Map(), users: new Map([['ann', ann]]) }

const note: Changes.Remark = { severity: 'warning', rule: 'note', message: 'it is so' }
const lower = (id: string): string => id.toLowerCase()

test('a change is reviewed beside all that its user would hold and lose, whatever the spelling of ids', () => {
  const seen: unknown[] = []
  const review = Changes.reviewUserByUser((_, { user, licenseIds, lostLicenseIds }) => {
    seen.push([user?.id, licenseIds, lostLicenseIds])
    return []
  }, lower)
  review([change('remove', 'A'), change('assign', 'c'), change('assign', 'd', 'bob')], surroundings)
  expect(seen).toEqual([
    ['ann', ['b', 'c'], ['A']],
    ['ann', ['b', 'c'], ['A']],
    [undefined, ['d'], []],
  ])
})

test('nothing is said of what is so already, and each copy of a change has the remarks', () => {
  const review = Changes.reviewUserByUser(() => [note])
  const changes = [
    change('assign', 'a'),
    change('remove', 'c'),
    change('assign', 'c', 'bob'),
    change('assign', 'c', 'bob'),
  ]
  expect(review(changes, surroundings)).toEqual([
    { change: changes[2], ...note },
    { change: changes[3], ...note },
  ])
})

test('what is said of a license is said once, by any spelling', () => {
  const review = Changes.reviewUserByUser(() => [{ ...note, about: 'license' }], lower)
  const changes = [change('remove', 'a'), change('remove', 'A', 'bob'), change('remove', 'x', 'bob')]
  expect(review(changes, surroundings).map((remark) => remark.change)).toEqual([changes[0], changes[2]])
})

test('changes that contradict each other are problems with any vendor', () => {
  const changes = [change('assign', 'c'), change('remove', 'c')]
  expect(Changes.reviewUserByUser(() => [note])(changes, surroundings)).toMatchObject([
    { change: changes[0], severity: 'problem', rule: 'contradicting-changes' },
    { change: changes[1], severity: 'problem', rule: 'contradicting-changes' },
  ])
})
