import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import { changesByUser, isAlreadySo, isDone } from '../../../src/provider-kit/changes/user-changes.ts'
import { type AssignmentChange, type CallingProperties, Changes } from '../../../src/provider-kit/index.ts'
import { assign, remove } from './vendor-on-a-clock.ts'

const asItIs = (id: string) => id

const held = (more: Partial<Changes.Holdings>): Changes.Holdings => ({
  kind: 'internal',
  licenseIds: [],
  pendingLicenseIds: [],
  ...more,
})

describe('changes of one license for one user', () => {
  const calling: CallingProperties = { locationId: 'l', phoneNumber: '+1', extension: '7' }
  const withCalling = (more: CallingProperties | undefined): AssignmentChange =>
    more === undefined ? assign('a') : { ...assign('a'), calling: more }
  const contradict = (one: CallingProperties | undefined, other: CallingProperties | undefined): boolean =>
    [...changesByUser([withCalling(one), withCalling(other)], asItIs)].some(
      ({ contradictory }) => contradictory.length > 0,
    )

  test.each<[string, CallingProperties | undefined, CallingProperties | undefined, boolean]>([
    ['agree where all is alike', calling, { ...calling }, false],
    ['agree where neither has any', undefined, {}, false],
    ['contradict by the place', calling, { ...calling, locationId: 'm' }, true],
    ['contradict by the number', calling, { ...calling, phoneNumber: '+2' }, true],
    ['contradict by the extension', calling, { ...calling, extension: '8' }, true],
    ['contradict where only one has any', calling, undefined, true],
  ])('%s', (_, one, other, expected) => {
    expect(contradict(one, other)).toBe(expected)
    expect(contradict(other, one)).toBe(expected)
  })
})

describe('a change', () => {
  test('that gives is done where the license is held, and not where it is pending', () => {
    expect(isDone(assign('a'), held({ licenseIds: ['seat'] }), asItIs)).toBe(true)
    expect(isDone(assign('a'), held({ pendingLicenseIds: ['seat'] }), asItIs)).toBe(false)
  })

  test('that takes is done where the license is neither held nor pending', () => {
    expect(isDone(remove('a'), held({}), asItIs)).toBe(true)
    expect(isDone(remove('a'), held({ licenseIds: ['seat'] }), asItIs)).toBe(false)
    expect(isDone(remove('a'), held({ pendingLicenseIds: ['seat'] }), asItIs)).toBe(false)
  })

  test.each<[string, AssignmentChange, Changes.Holdings | undefined, boolean]>([
    ['gives what is held', assign('a'), held({ licenseIds: ['seat'] }), true],
    ['gives somebody from outside what they hold', assign('a'), held({ kind: 'external', licenseIds: ['seat'] }), true],
    ['gives what is not held', assign('a'), held({}), false],
    ['takes what is not held', remove('a'), held({}), true],
    ['takes from somebody outside what may be offered to them', remove('a'), held({ kind: 'external' }), false],
    ['takes from somebody of whom it is not known', remove('a'), held({ kind: 'unknown' }), false],
    ['takes what is held', remove('a'), held({ licenseIds: ['seat'] }), false],
    ['takes from a user of whom nothing is known', remove('a'), undefined, false],
  ])('that %s: whether it is already so', (_, change, holdings, expected) => {
    expect(isAlreadySo(change, holdings, asItIs)).toBe(expected)
  })
})

test('holdings are read user by user for a vendor that shows no more at once', async () => {
  const read = Changes.readOneByOne((userId) =>
    userId === 'a'
      ? TE.right({ ...Changes.internalHoldings(['seat']), id: 'a' })
      : TE.left({ _tag: 'NotFound', provider: 'vendor', operation: 'x', message: 'none' }),
  )
  const held = await read(['a', 'b'], {})
  expect(held.get('a')).toEqual({ _tag: 'Right', right: Changes.internalHoldings(['seat']) })
  expect(held.get('b')).toMatchObject({ left: { _tag: 'NotFound' } })
})
