import {
  contradictionsInPrices,
  type DeclaredLicense,
  type DeclaredLicenses,
  known,
  type Price,
  requiredOfPrice,
  unlimited,
} from '../../index.ts'
import { type ConfigurationProblem, Fields, Values } from '../../provider-kit/index.ts'
import { isSetTo, licenseSettings, priceSettings } from './common-settings.ts'

const problemsOfPrice = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (!Values.isRecord(value))
    return [{ field: path, expected: 'an object with amount, currency and per', ...Fields.foundKind(value) }]
  const missing = requiredOfPrice
    .filter((key) => value[key] === undefined)
    .map((key) => ({ field: `${path}.${key}`, expected: priceSettings[key].expected }))
  return [...Fields.problemsOfFields(priceSettings, value, { path }), ...missing]
}

/** One price, or a list of them. */
const problemsOfPrices = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (value === undefined) return []
  const prices: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (prices.length === 0) return [{ field: path, expected: 'at least one price', found: 'an empty list' }]
  const place = (index: number) => (Array.isArray(value) ? `${path}[${index}]` : path)
  const contradictions = contradictionsInPrices(prices).map(({ price, member, expected }) => {
    const { [member]: found } = Values.isRecord(prices[price]) ? prices[price] : {}
    return { field: `${place(price)}.${member}`, expected, ...Fields.found(found) }
  })
  return [...prices.flatMap((price, index) => problemsOfPrice(price, place(index))), ...contradictions]
}

const problemsOfLicense = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (!Values.isRecord(value)) {
    return [
      {
        field: path,
        expected: `an object with ${Object.keys(licenseSettings).join(', ')} or price`,
        ...Fields.foundKind(value),
      },
    ]
  }
  return [
    ...Fields.problemsOfFields(licenseSettings, value, { path, others: ['price'] }),
    ...problemsOfPrices(value.price, `${path}.price`),
  ]
}

/** Products that several licenses have: it is not certain of which of them they are seats. */
const skusOfSeveral = (licenses: Readonly<Record<string, unknown>>, path: string): readonly ConfigurationProblem[] => {
  const owners = new Map<string, string>()
  return Object.entries(licenses).flatMap(([id, license]) => {
    const sku = Values.isRecord(license) ? license.sku : undefined
    if (!isSetTo(licenseSettings.sku, sku)) return []
    return sku.flatMap((product, index) => {
      const owner = owners.get(product)
      owners.set(product, owner ?? id)
      if (owner === undefined || owner === id) return []
      // By its place, as its id may look like a credential, which is never shown as a text.
      const expected = `a product of one license only; ${path}.${owner}.sku has it too`
      return [{ field: `${path}.${id}.sku[${index}]`, expected, ...Fields.found(product) }]
    })
  })
}

/** What is wrong with the `licenses` of a provider's configuration. */
export const problemsOfLicenses = (value: unknown, path: string): readonly ConfigurationProblem[] => {
  if (value === undefined) return []
  if (!Values.isRecord(value))
    return [{ field: path, expected: 'an object by license id, product code or name', ...Fields.foundKind(value) }]
  const ofEach = Object.entries(value).flatMap(([id, license]) => {
    const field = `${path}.${id}`
    const flaw = Fields.flawOf(id)
    return [
      ...(flaw === undefined
        ? []
        : [{ field, expected: `the id, product code or name of a license, without ${flaw}` }]),
      ...problemsOfLicense(license, field),
    ]
  })
  return [...ofEach, ...skusOfSeveral(value, path)]
}

const capacityOf = (value: unknown) => {
  if (value === 'unlimited') return unlimited
  return typeof value === 'number' ? known(value) : undefined
}

const pricesOf = (value: unknown): readonly Price[] => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.flatMap((price) => {
    if (!Values.isRecord(price)) return []
    const { amount, currency, per, packSize, validFrom, validTo } = price
    const { amount: amounts, currency: currencies, per: units } = priceSettings
    if (!isSetTo(amounts, amount) || !isSetTo(currencies, currency) || !isSetTo(units, per)) return []
    return [
      {
        amount,
        currency,
        per,
        ...(isSetTo(priceSettings.packSize, packSize) ? { packSize } : {}),
        ...(isSetTo(priceSettings.validFrom, validFrom) ? { validFrom } : {}),
        ...(isSetTo(priceSettings.validTo, validTo) ? { validTo } : {}),
      },
    ]
  })
}

const declaredOf = (value: unknown): DeclaredLicense => {
  if (!Values.isRecord(value)) return {}
  const { name, metric, services, sku, term } = value
  return {
    name: isSetTo(licenseSettings.name, name) ? name : undefined,
    metric: isSetTo(licenseSettings.metric, metric) ? metric : undefined,
    purchased: capacityOf(value.purchased),
    ...(isSetTo(licenseSettings.services, services) ? { services } : {}),
    ...(isSetTo(licenseSettings.sku, sku) ? { sku } : {}),
    ...(isSetTo(licenseSettings.term, term) ? { term } : {}),
    ...(value.price === undefined ? {} : { prices: pricesOf(value.price) }),
  }
}

/** The `licenses` of a provider's configuration in which nothing is wrong. `shared`: those that several providers have. */
export const readDeclaredLicenses = (value: unknown, shared: ReadonlySet<string>): DeclaredLicenses =>
  new Map(
    Object.entries(Values.isRecord(value) ? value : {}).map(([id, license]) => [
      id,
      { ...declaredOf(license), ...(shared.has(id) ? { shared: true } : {}) },
    ]),
  )
