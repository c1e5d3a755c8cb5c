import { createLicenseReport, known, withFacts } from 'seatlens'
import { providers } from './providers.ts'

// What your own records say: a contract, a bill, the log of a sign-in service.
const from = { source: 'file', name: 'contract.csv', at: '2026-01-01' }
const facts = {
  licenses: [{ license: 'cloudCX2', purchased: known(500), from, where: 'contract.csv: line 2' }],
  activity: [{ user: 'ada@example.com', at: '2026-01-31T10:00:00Z', source: 'sign-ins' }],
}

const [genesys, ...others] = providers
const told = genesys === undefined ? others : [withFacts(genesys, facts), ...others]
const { licenses, providers: read } = await createLicenseReport()(told)()
for (const { name, purchased, purchasedFrom } of licenses) {
  if (purchased.kind !== 'known' || purchasedFrom === undefined) continue
  console.log(`${name}: ${purchased.value} purchased, says ${purchasedFrom.name} of ${purchasedFrom.at}`)
}
// What facts name and the vendor does not list.
for (const { id, ledgers } of read) console.log(id, ledgers.assignments.remarks ?? [])
