import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { boundedProvider } from '../../contract/bounded-provider.ts'
import { statedCapabilities } from '../../contract/capabilities.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import type { LicenseError } from '../../model/license-error.ts'
import { isRecordedId, PROVIDER_ID_EXPECTED, standInId } from '../../model/provider-id.ts'
import type { Clock } from '../../paging/clock.ts'
import { type Paged, pagedFrom } from '../../paging/paged.ts'
import { isText } from './guards.ts'

/** Something that is not read, and fails with a reason. */
const refused = (id: string, displayName: string, vendor: string, message: string): LicenseProvider => {
  const error = (operation: string): LicenseError => ({ _tag: 'Conflict', provider: id, operation, message })
  const list = (operation: string): Paged<never> =>
    pagedFrom({ provider: id, operation }, {}, async function* () {
      yield E.left(error(operation))
    })
  return {
    specificationVersion: 'v1',
    id,
    vendor,
    displayName,
    capabilities: {},
    listLicenses: () => list('listLicenses'),
    getLicense: () => TE.left(error('getLicense')),
    listUsers: () => list('listUsers'),
    getUser: () => TE.left(error('getUser')),
  }
}

/** The provider with all that a report reads of it besides its lists; undefined where it does not say what it is called. */
const described = (provider: LicenseProvider, clock: Clock): LicenseProvider | undefined => {
  try {
    const same = boundedProvider(provider, clock)
    const { id, vendor, displayName, capabilities, declaredLicenses, ...others } = same
    if (!isText(id)) return undefined
    return {
      ...others,
      id,
      vendor: isText(vendor) ? vendor : 'unknown',
      displayName: isText(displayName) && displayName !== '' ? displayName : id,
      capabilities: statedCapabilities(capabilities),
      ...(declaredLicenses instanceof Map ? { declaredLicenses } : {}),
    }
  } catch {
    return undefined
  }
}

const MAX_SHOWN = 60
const shown = (id: string | undefined): string | undefined => JSON.stringify(id)?.slice(0, MAX_SHOWN)

/**
 * The providers as the contract has them, in their order, each under an id of its own. One with the id of another one, or
 * without a valid one, is not read: it fails, under an id that no provider can be configured with.
 */
export const soundProviders = (providers: readonly LicenseProvider[], clock: Clock): readonly LicenseProvider[] => {
  const taken = new Set<string>()
  const free = (id: string): string => {
    let number = 2
    while (taken.has(standInId(id, number))) number++
    return standInId(id, number)
  }
  return providers.map((provider, index) => {
    const sound = described(provider, clock)
    const given = sound?.id
    const isValid = isRecordedId(given)
    const id = !isValid ? standInId('provider', index + 1) : taken.has(given) ? free(given) : given
    taken.add(id)
    if (sound === undefined) return refused(id, id, 'unknown', 'this is not a provider: it has no id')
    if (id === given) return sound
    const message = isValid
      ? `another provider has the id ${JSON.stringify(given)}; give each an id of its own`
      : `the id of a provider: expected ${PROVIDER_ID_EXPECTED}, found ${shown(given)}`
    return refused(id, sound.displayName, sound.vendor, message)
  })
}
