import { createLicenseReport, isLicenseException, toPromise } from 'seatlens'
import { providers } from './providers.ts'

// A report never fails. It says what could not be read.
const report = await createLicenseReport()(providers)()
for (const license of report.licenses) {
  const { assigned } = license
  console.log(license.provider, license.name, assigned.kind === 'known' ? assigned.value : assigned)
}
if (!report.complete) console.error('Not everything could be read.')

// A single call resolves, or rejects with an exception that holds plain data.
for (const provider of providers) {
  try {
    const user = await toPromise(provider.getUser({ email: process.argv[2] ?? 'nobody@example.com' }))
    console.log(provider.id, user.displayName, user.licenseIds)
  } catch (thrown) {
    if (!isLicenseException(thrown)) throw thrown
    console.log(provider.id, thrown.error._tag, thrown.error.message)
  }
}
