import type { License } from '../../src/provider-kit/index.ts'

/**
 * What licenses are for, by offer code, where a public listing of a live organization shows code and name together. The name
 * says it: "Webex Meetings Suite", "Advanced Messaging", "Webex Calling - Professional", "Contact Center Premium Agent".
 * Add-ons do nothing by themselves: desktop connectors of Contact Center, Real-Time Translations. What other codes are for is not
 * certain.
 */
const SERVICES: ReadonlyMap<string, NonNullable<License['services']>> = new Map([
  ['EE', ['meetings']],
  ['CMR', ['meetings']],
  ['CF', ['meetings']],
  ['FTM', ['meetings']],
  ['MS', ['messaging']],
  ['FMS', ['messaging']],
  // "STD" notwithstanding: its name is Professional.
  ['BCSTD', ['calling']],
  ['BCCA', ['calling']],
  ['BCHDO', ['calling']],
  ['BCRLC', ['calling']],
  ['FTC', ['calling']],
  ['UCPREM', ['calling']],
  ['CJPPRM', ['contactCenter']],
  ['CJPSTD', ['contactCenter']],
  ['EPC', []],
  ['SFDSK', []],
  ['RTT', []],
])

/** What a license is for; absent where that is not certain. */
export const servicesOf = (offerCode: string | undefined): Pick<License, 'services'> => {
  const services = offerCode === undefined ? undefined : SERVICES.get(offerCode.toUpperCase())
  return services === undefined ? {} : { services }
}
