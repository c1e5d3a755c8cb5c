import * as t from 'io-ts'
import { DAY, isDay } from '../../model/moment.ts'
import { PROVIDER_ID, PROVIDER_ID_EXPECTED } from '../../model/provider-id.ts'
import { isWholeNumber } from '../../model/whole-number.ts'
import { oneOf, positiveInteger, type Setting, structured, text, textMatching } from '../../provider-kit/setting.ts'

/** The fields that every provider's configuration has, whatever its type. */
export const commonSettings = {
  id: textMatching(PROVIDER_ID, PROVIDER_ID_EXPECTED, {
    description: 'Names this provider in reports, messages and file names. Unique in the configuration.',
  }),
  displayName: text({ description: 'What people call it. Default: what the type is called.' }),
  concurrency: positiveInteger({ description: 'Requests under way at once. Default: 8.' }),
  requestsPerMinute: positiveInteger({
    description: 'Requests in any 60 seconds. Default: no limit but what the vendor tells.',
  }),
} as const

const wholeNumber = t.refinement(t.number, isWholeNumber, 'whole number from 0')

const purchased = t.union([wholeNumber, t.literal('unlimited')], 'purchased')

/** What may be declared of a license. */
export const licenseSettings = {
  name: text({ description: 'What people call it.' }),
  purchased: structured(
    purchased,
    'a whole number of seats from 0, or "unlimited"',
    { anyOf: [{ type: 'integer', minimum: 0 }, { enum: ['unlimited'] }] },
    { description: 'Seats bought, where the vendor does not tell.' },
  ),
  metric: oneOf(['named', 'concurrent', 'device', 'consumption', 'unknown'], {
    description: 'What one seat stands for.',
  }),
} as const

const day = (description: string): Setting<string> =>
  structured(
    t.refinement(t.string, isDay, 'day'),
    'a day such as "2026-01-31"',
    { type: 'string', pattern: DAY.source },
    { description },
  )

/** What seats of a license cost. */
export const priceSettings = {
  amount: structured(
    wholeNumber,
    'a whole number of minor units (cents) from 0',
    { type: 'integer', minimum: 0 },
    { description: 'In minor units of the currency: 11000 is 110.00 EUR.' },
  ),
  currency: textMatching(/^[A-Z]{3}$/, 'an ISO 4217 currency code of three capital letters', {
    description: 'ISO 4217.',
  }),
  per: text({
    description:
      'What the amount buys: "seat-month", or "pack-month" with packSize. Of anything else no cost can be worked out.',
  }),
  packSize: positiveInteger({
    description: 'Seats in a pack, for "pack-month"; not with "seat-month". Packs are bought whole.',
  }),
  validFrom: day('The first day on which the price holds. Default: it has always held.'),
  validTo: day('The last day on which the price holds. Default: it holds on.'),
} as const

export const REQUIRED_OF_PRICE = ['amount', 'currency', 'per'] as const

/** A seat that no plan may change. */
export const protectedSettings = {
  user: text({ description: 'An e-mail address of the user, or their id.' }),
  license: text({ description: 'The id, product code or name of the license. Default: every license of the user.' }),
  provider: text({ description: 'The id of a provider of this configuration. Default: every provider.' }),
  reason: text({ description: 'Why; told to whoever makes a plan that would change the seat.' }),
} as const

export const REQUIRED_OF_PROTECTED = ['user', 'reason'] as const

export const isSetTo = <A>(setting: Setting<A>, value: unknown): value is A => setting.codec.is(value)
