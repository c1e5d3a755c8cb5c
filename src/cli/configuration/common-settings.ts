import { type LicenseService, licenseServices, priceRules } from '../../index.ts'
import { Fields } from '../../provider-kit/index.ts'

/** The fields that every provider's configuration has, whatever its type. */
export const commonSettings = {
  id: Fields.providerId({
    description: 'Names this provider in reports, messages and file names. Unique in the configuration.',
  }),
  displayName: Fields.text({ description: 'The name that people see. Default: the name of the vendor.' }),
  concurrency: Fields.positiveInteger({
    description:
      'Requests at the same time, at most: there are fewer at first, and where answers become slow. Default: 8.',
  }),
  requestsPerMinute: Fields.positiveInteger({
    description: 'The most requests in any 60 seconds. Default: only the limits that the vendor states.',
  }),
} as const

const organizationId = Fields.plainText({ description: 'The id of an organization.' }).codec

const organizations = {
  is: (value: unknown): value is 'all' | readonly string[] =>
    value === 'all' || (Array.isArray(value) && value.length > 0 && value.every(organizationId.is)),
}

/** What a provider can say whose vendor lists the organizations of a credential. */
export const organizationSettings = {
  orgs: Fields.structured(
    organizations,
    '"all", or a list of at least one id of an organization',
    { anyOf: [{ enum: ['all'] }, { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 }] },
    {
      description:
        'The organizations of a partner: all that the vendor lists for the credential, or those with these ids. Each is read by a provider of its own, whose id is the id of this one and that of the organization.',
    },
  ),
} as const

/** What may be said of every provider besides its type's own settings, in the order in which people write it. */
export const COMMON_FIELDS: readonly string[] = [
  'id',
  'type',
  'displayName',
  'concurrency',
  'requestsPerMinute',
  'licenses',
  'limits',
]

const seats = Fields.wholeNumber({ description: 'Seats.' }).codec

const seatsOrUnlimited = {
  is: (value: unknown): value is number | 'unlimited' => value === 'unlimited' || seats.is(value),
}

const product = Fields.text({ description: 'A product.' }).codec

const products = {
  is: (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(product.is),
}

const services = {
  is: (value: unknown): value is readonly LicenseService[] =>
    Array.isArray(value) && value.every((one) => licenseServices.some((service) => service === one)),
}

/** The overrides of a license. */
export const licenseSettings = {
  name: Fields.text({ description: 'The name that people see.' }),
  purchased: Fields.structured(
    seatsOrUnlimited,
    'a whole number of seats from 0, or "unlimited"',
    { anyOf: [{ type: 'integer', minimum: 0 }, { enum: ['unlimited'] }] },
    { description: 'Purchased seats, where the vendor does not provide the number.' },
  ),
  metric: Fields.oneOf(['named', 'concurrent', 'device', 'consumption', 'unknown'], {
    description:
      'What one seat stands for: a person (named), a seat that more people share than there are seats (concurrent), a device, or metered use (consumption).',
  }),
  services: Fields.structured(
    services,
    `a list of ${licenseServices.join(', ')}`,
    { type: 'array', items: { enum: [...licenseServices] } },
    {
      description:
        'What the license is for, so that users who are paid for the same in several providers are found. An empty list: for none of these by itself, as an add-on is. "other": for something else too.',
    },
  ),
  sku: Fields.structured(
    products,
    'a list of texts that are not empty',
    { type: 'array', items: { type: 'string', minLength: 1 } },
    {
      description:
        "The products of contracts and bills that are seats of this license, by the vendor's key: the SKU or part number.",
    },
  ),
  term: Fields.group(
    {
      start: Fields.day({ description: 'The first day.' }),
      end: Fields.day({ description: 'The last day.' }),
      noticeDays: Fields.wholeNumber(
        { description: 'A renewal must be canceled so many days before the end.' },
        'a whole number of days from 0',
      ),
    },
    {
      description: 'For how long the license was bought.',
      check: ({ start, end }) => [
        start !== undefined &&
          end !== undefined &&
          end < start && { field: 'end', expected: 'a day that is not before start', ...Fields.found(end) },
      ],
    },
  ),
} as const

/** What seats of a license cost. */
export const priceSettings = {
  amount: Fields.wholeNumber(
    { description: 'In minor units of the currency: 11000 is 110.00 EUR.' },
    priceRules.amount.expected,
  ),
  currency: Fields.structured(
    priceRules.currency,
    priceRules.currency.expected,
    { type: 'string', pattern: '^[A-Z]{3}$' },
    { description: 'ISO 4217.' },
  ),
  per: Fields.text({
    description:
      'What the amount buys: "seat-month", or "pack-month" with packSize. With anything else, the cost is unknown.',
  }),
  packSize: Fields.positiveInteger({
    description: 'Seats in a pack, for "pack-month"; not with "seat-month". Packs are bought whole.',
  }),
  validFrom: Fields.day({ description: 'The first day of the price. Default: there is no first day.' }),
  validTo: Fields.day({ description: 'The last day of the price. Default: there is no last day.' }),
} as const

const MAX_PERCENT = 10_000

const percentage = {
  is: (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= MAX_PERCENT,
}

const onlyTrue = { is: (value: unknown): value is true => value === true }

/** The limits of a license. */
export const limitSettings = {
  maxUtilization: Fields.structured(
    percentage,
    `a number of percent from 0 to ${MAX_PERCENT}`,
    { type: 'number', minimum: 0, maximum: MAX_PERCENT },
    { description: 'At most this percentage of the purchased seats may be in use.' },
  ),
  keepFree: Fields.wholeNumber(
    { description: 'At least so many purchased seats must be free. The rule unassigned-seats does not count them.' },
    'a whole number of seats from 0',
  ),
  ignore: Fields.structured(
    onlyTrue,
    'true, or nothing',
    { enum: [true] },
    {
      description:
        'The license has no limit, and the rules over-assigned and unassigned-seats ignore it. Less exact limits, such as those of "*", do not apply.',
    },
  ),
} as const

/** A seat that no plan may change. */
export const protectedSettings = {
  user: Fields.text({ description: 'An e-mail address of the user, or their id.' }),
  license: Fields.text({
    description: 'The id, product code or name of the license. Default: every license of the user.',
  }),
  provider: Fields.text({ description: 'The id of a provider of this configuration. Default: every provider.' }),
  reason: Fields.text({
    description: 'Why the seat is protected. A plan that would change the seat is refused with this text.',
  }),
} as const

/** Seats of accounts that never sign in. */
export const exemptSettings = {
  license: Fields.text({
    description: 'The id, product code or name of the license. Default: every license of the users.',
  }),
  user: Fields.text({
    description:
      'The e-mail address, name or id of the user. * stands for any characters: svc-*. Default: every user who holds the license.',
  }),
  provider: Fields.text({ description: 'The id of a provider of this configuration. Default: every provider.' }),
} as const

export const REQUIRED_OF_PROTECTED = ['user', 'reason'] as const

export const isSetTo = <A>(setting: Fields.Setting<A>, value: unknown): value is A => setting.codec.is(value)
