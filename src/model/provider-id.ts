import { invalidInput } from './invalid-input.ts'
import { LicenseException } from './license-exception.ts'

/** The form of a provider's id. Names of files have it too. */
export const PROVIDER_ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
export const PROVIDER_ID_EXPECTED = 'a lower-case slug such as "webex-emea"'

/** Whether a value can be the id of a provider: a lower-case slug such as `webex-emea`. */
export const isProviderId = (id: unknown): id is string => typeof id === 'string' && PROVIDER_ID.test(id)

const STAND_IN = /#[1-9]\d{0,8}$/

/**
 * The id that stands for a provider which was refused, because it has no valid id or shares that of another one. No provider
 * can be configured with it.
 */
export const standInId = (id: string, number: number): string => `${id}#${number}`

/** The id of a provider in a record of a reading: a refused provider is there under the id that stands for it. */
export const isRecordedId = (id: unknown): id is string =>
  typeof id === 'string' && isProviderId(id.replace(STAND_IN, ''))

/**
 * The id of a provider that is being made. Throws a `LicenseException` with `InvalidInput` if it does not have the form of one.
 */
export const providerIdOf = (id: string): string => {
  if (isProviderId(id)) return id
  const message = `the id of a provider: expected ${PROVIDER_ID_EXPECTED}, found ${JSON.stringify(id)}`
  throw new LicenseException(invalidInput('id', PROVIDER_ID_EXPECTED, message))
}
