import { createLicenseReport, type LicenseProvider } from 'seatlens'

/** The licenses with free seats. Rejects if something could not be read. */
export const freeSeats = async (providers: readonly LicenseProvider[]): Promise<readonly string[]> => {
  const { complete, licenses } = await createLicenseReport()(providers)()
  if (!complete) throw new Error('the report is incomplete')
  return licenses.flatMap(({ id, available }) => (available.kind === 'known' && available.value > 0 ? [id] : []))
}
