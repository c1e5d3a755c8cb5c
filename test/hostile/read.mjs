// Makes a report of each of several hostile vendors, on the built package, and prints as JSON what came of it.
import { createLicenseReport } from 'seatlens'
import { createGenesysProvider } from 'seatlens/genesys'
import { createWebexProvider } from 'seatlens/webex'

const { VENDOR, URL: url, NAMES } = process.env

const create = (at) =>
  VENDOR === 'genesys'
    ? createGenesysProvider({ apiUrl: at, loginUrl: at, clientId: 'client', clientSecret: 'a-secret' })
    : createWebexProvider({ apiUrl: `${at}/v1`, accessToken: 'a-token' })

const read = async (name) => {
  const started = performance.now()
  const { complete, providers } = await createLicenseReport()([create(`${url}/${name}`)])()
  const ms = Math.round(performance.now() - started)
  return [name, { complete, ms, provider: providers[0] }]
}

const results = []
for (const name of JSON.parse(NAMES)) results.push(await read(name))
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024)
console.log(JSON.stringify({ results: Object.fromEntries(results), peakMiB }))
