import { describe, expect, test } from 'vitest'
import { requestsOf, splitRequest } from '../../../src/provider-kit/changes/change-requests.ts'
import type { AssignmentChange, Changes } from '../../../src/provider-kit/index.ts'
import { assign } from './vendor-on-a-clock.ts'

const asItIs = (id: string) => id

const shape: Changes.RequestShape = { users: 10, changes: 4, order: 'assignFirst' }

/** Changes as `user license` each, request by request. */
const shown = (requests: readonly (readonly AssignmentChange[])[]): readonly string[] =>
  requests.map((changes) => changes.map(({ userId, licenseId }) => `${userId}${licenseId}`).join(' '))

const changesOf = (text: string): readonly AssignmentChange[] =>
  text.split(' ').map(([user = '', license = '']) => assign(user, license))

describe('requests', () => {
  test.each([
    ['as many changes as fit, to the last one', 'a1 a2 b1 b2', shape, ['a1 a2 b1 b2']],
    ['no change more than fit', 'a1 a2 b1 b2 c1', shape, ['a1 a2 b1 b2', 'c1']],
    ['no user torn apart where the next request has room', 'a1 a2 a3 b1 b2', shape, ['a1 a2 a3', 'b1 b2']],
    ['a user by themselves who has more than fit', 'a1 b1 b2 b3 b4 b5 c1', shape, ['a1', 'b1 b2 b3 b4 b5', 'c1']],
    ['no user more than fit', 'a1 b1 c1', { ...shape, users: 2 }, ['a1 b1', 'c1']],
    ['what a user is to get from everywhere', 'a1 b1 a2', { ...shape, users: 1 }, ['a1 a2', 'b1']],
  ])('have %s', (_, changes, itsShape, requests) => {
    expect(shown(requestsOf(changesOf(changes), itsShape, asItIs))).toEqual(requests)
  })

  const upTo = (most: number) => ({ ...shape, fits: ({ length }: readonly AssignmentChange[]) => length <= most })

  test('that are too large otherwise are halved between users until they fit', () => {
    expect(shown(requestsOf(changesOf('a1 b1 c1 d1'), upTo(1), asItIs))).toEqual(['a1', 'b1', 'c1', 'd1'])
    expect(shown(requestsOf(changesOf('a1 b1 c1 d1'), upTo(4), asItIs))).toEqual(['a1 b1 c1 d1'])
  })

  test('of one user that are too large are halved too, unless the vendor changes a user in one step', () => {
    expect(shown(requestsOf(changesOf('a1 a2'), upTo(1), asItIs))).toEqual(['a1', 'a2'])
    expect(shown(requestsOf(changesOf('a1 a2'), { ...upTo(1), order: 'together' }, asItIs))).toEqual(['a1 a2'])
  })

  test('with one change that is too large are sent as they are: the vendor says what it thinks of it', () => {
    expect(shown(requestsOf(changesOf('a1'), upTo(0), asItIs))).toEqual(['a1'])
  })
})

describe('a request in two', () => {
  const halves = (changes: string, order: Changes.RequestShape['order']) => {
    const split = splitRequest(changesOf(changes), { order }, asItIs)
    return split === undefined ? undefined : shown(split)
  }

  test('goes apart between users', () => {
    expect(halves('a1 b1 c1', 'together')).toEqual(['a1 b1', 'c1'])
    expect(halves('a1 b1 a2', 'assignFirst')).toEqual(['a1 a2', 'b1'])
  })

  test('of one user goes apart only where the vendor does not change a user in one step', () => {
    expect(halves('a1 a2', 'assignFirst')).toEqual(['a1', 'a2'])
    expect(halves('a1 a2', 'together')).toBeUndefined()
  })

  test('cannot be made of one change', () => {
    expect(halves('a1', 'assignFirst')).toBeUndefined()
  })
})

describe('requests that do one thing each', () => {
  const partsOf = (changes: readonly AssignmentChange[]): readonly Changes.ChangePart[] =>
    changes.map((change) => ({ request: change.licenseId, changes: [change] }))
  const oneThing = { ...shape, users: 2, partsOf }

  test('have what is alike of several users, as many as fit', () => {
    const requests = requestsOf(changesOf('a1 a2 b1 b2 c1'), oneThing, asItIs)
    expect(shown(requests)).toEqual(['a1 b1', 'c1', 'a2 b2'])
  })

  test('are split between users only', () => {
    expect(splitRequest(changesOf('a1 b1'), oneThing, asItIs)).toEqual([changesOf('a1'), changesOf('b1')])
    expect(splitRequest(changesOf('a1 a2'), oneThing, asItIs)).toBeUndefined()
  })
})
