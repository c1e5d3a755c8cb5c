import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { withoutNetwork } from '../../providers/without-network.ts'
import { get, outcome, transportWith, write } from './transport-with.ts'
import { vendor } from './vendor.ts'

withoutNetwork()

const nothing = (status: number) => ({ status, body: E.left('the body is empty') })
/** Something that may be repeated, as Webex's changes may. */
const change = write({ method: 'PATCH', repeatable: true, bodyOptional: true })

describe('an answer without a body', () => {
  for (const status of [200, 202, 204, 205]) {
    test(`says with ${status} that a change was accepted, which is not sent again`, async () => {
      const scope = vendor().patch('/seats').once().reply(status)
      const { transport, clock } = transportWith()
      expect(await outcome(transport(change, {}))).toEqual(nothing(status))
      expect(scope.isDone()).toBe(true)
      expect(clock.slept).toEqual([])
    })

    test(`is one that was cut where something was asked for, also with ${status}`, async () => {
      const scope = vendor().get('/seats').times(5).reply(status)
      const { transport } = transportWith()
      expect(await outcome(transport(get(), {}))).toEqual(nothing(status))
      expect(scope.isDone()).toBe(true)
    })
  }

  test('is one that was cut where there was the beginning of a body', async () => {
    vendor().patch('/seats').reply(200, '{"seats":').patch('/seats').reply(204)
    const { transport, clock } = transportWith()
    expect(await outcome(transport(change, {}))).toEqual(nothing(204))
    expect(clock.slept).toEqual([500])
  })
})
