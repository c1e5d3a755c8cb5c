import { describe, expect, test } from 'vitest'
import { offerCodeOf } from '../../../providers/webex/license-id.ts'

const encoded = (text: string) => Buffer.from(text).toString('base64')
const organization = '96abc2aa-3dcc-11e5-a152-fe34819cdc9a'
const calling = `ciscospark://us/LICENSE/${organization}:BCSTD_c3329d32-1111-2222-3333-444455556666`
const meetings = `ciscospark://us/LICENSE/${organization}:EE_c3329d32-1111-2222-3333-444455556666_acme.webex.com`

describe('the offer code in a Webex license id', () => {
  test.each([
    ['with padding', encoded(`${calling}7`)],
    ['without padding', encoded(`${calling}7`).replace(/=+$/, '')],
    ['in the alphabet for URLs', Buffer.from(`${calling}???>>>`).toString('base64url')],
    ['without need of padding', encoded(calling.padEnd(99, '0'))],
  ])('is read from base64 %s', (_, id) => {
    expect(offerCodeOf(id)).toBe('BCSTD')
  })

  test('is read from an id that ends with a site', () => {
    expect(offerCodeOf(encoded(meetings))).toBe('EE')
  })

  test.each([
    ['the short one of the documentation', encoded(`ciscospark://us/LICENSE/${organization}`)],
    ['one of a person', encoded(`ciscospark://us/PEOPLE/${organization}:EE_1`)],
    ['one that is no base64', 'not base64!'],
    ['base64 of a wrong length', 'Y2lzY'],
    ['something in another alphabet', 'лицензия'],
    ['nothing', ''],
  ])('is absent from %s', (_, id) => {
    expect(offerCodeOf(id)).toBeUndefined()
  })
})
