import type { License } from '../../src/provider-kit/index.ts'

/** The tiers of the contact center also have what their holders may use besides it, such as business telephony. */
const CONTACT_CENTER: NonNullable<License['services']> = ['contactCenter', 'other']

/**
 * What licenses are for, by id. The vendor gives no list of its ids: these are ones that live organizations have shown, in
 * public programs that say what they are. Add-ons do nothing by themselves: workforce engagement, speech and text analytics,
 * agent assist, wallboards. What other ids are for is not certain.
 */
const SERVICES: ReadonlyMap<string, NonNullable<License['services']>> = new Map([
  ['cloudCX1', CONTACT_CENTER],
  ['cloudCX2', CONTACT_CENTER],
  ['cloudCX3', CONTACT_CENTER],
  ['gc1WEMupgrade', []],
  ['gc2WEMupgrade', []],
  ['gcSTAupgrade', []],
  ['agentAssistLicense', []],
  ['agentAssistOmniLicense', []],
  ['wallboardUser', []],
])

/** What a license is for; absent where that is not certain. */
export const servicesOf = (licenseId: string): Pick<License, 'services'> => {
  const services = SERVICES.get(licenseId)
  return services === undefined ? {} : { services }
}
