/** What a provider will ask of its vendor, before it does. */
export {
  leastTimeOf,
  type OrganizationSize,
  type PlannedCall,
  type ProviderForecast,
  type RequestForecast,
  type StatedRequests,
  type VendorForecast,
} from './forecast.ts'
