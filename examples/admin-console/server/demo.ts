import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startGenesysSimulator } from 'seatlens/genesys/simulator'
import { startWebexSimulator } from 'seatlens/webex/simulator'
import { tellMistake, untilStopped } from './process.ts'
import { checkedSettings, SettingsMistake, type TenantSettings } from './settings.ts'
import { hashPassword } from './sign-in/passwords.ts'
import { startConsole } from './start-console.ts'

/** The console with made-up organizations: simulators on this machine, and passwords that are new each time. */
const { values } = parseArgs({
  options: { port: { type: 'string', default: '8080' }, log: { type: 'boolean', default: false } },
})

const euros = (amount: number) => ({ price: { amount: amount * 100, currency: 'EUR', per: 'seat-month' } })

/** What the contract of a company with so many people says of Genesys Cloud. */
const genesysLicenses = (users: number) => ({
  cloudCX1: { purchased: Math.ceil(users / 20), ...euros(75) },
  cloudCX2: { purchased: Math.ceil(users / 5), ...euros(110) },
  cloudCX3: { purchased: Math.ceil(users / 10), ...euros(150) },
  communicate: { purchased: Math.ceil(users / 10), ...euros(20) },
})
const webexLicenses = {
  'Advanced Messaging': euros(6),
  'Contact Center Premium Agent': euros(140),
  'Webex Calling - Professional': euros(17),
}

/** One company at both vendors. `hasWrongSecret`: Genesys Cloud refuses the credentials. */
const startTenant = async (id: string, name: string, users: number, seed: number, hasWrongSecret = false) => {
  const options = { users, seed, latencyMs: 40, story: { today: Date.now() } }
  const genesys = await startGenesysSimulator(options)
  const webex = await startWebexSimulator(options)
  const secret = hasWrongSecret ? { clientSecret: 'was-rotated-last-week' } : {}
  const settings: TenantSettings = {
    id,
    name,
    providers: [
      {
        ...{ id: 'genesys', type: 'genesys', region: 'mypurecloud.ie', directory: 'extended' },
        ...{ ...genesys.configuration, ...secret },
        licenses: genesysLicenses(users),
      },
      { id: 'webex', type: 'webex', ...webex.configuration, licenses: webexLicenses },
    ],
  }
  return { settings, stop: () => Promise.all([genesys.stop(), webex.stop()]) }
}

const tenants = await Promise.all([
  startTenant('northwind', 'Northwind Airlines', 400, 11),
  startTenant('contoso', 'Contoso Insurance', 150, 12),
  startTenant('fabrikam', 'Fabrikam Retail', 80, 13, true),
])
const everyTenant = (role: 'viewer' | 'operator') =>
  Object.fromEntries(tenants.map(({ settings: { id } }) => [id, role]))
const people = [
  { name: 'olga', roles: everyTenant('operator'), what: 'operator of all tenants' },
  { name: 'oscar', roles: everyTenant('operator'), what: 'operator of all tenants, for a second browser' },
  { name: 'vera', roles: { northwind: 'viewer' }, what: 'reads Northwind Airlines' },
].map((person) => ({ ...person, password: randomBytes(9).toString('base64url') }))

const folder = await mkdtemp(join(tmpdir(), 'seatlens-console-'))
const database = process.env.DATABASE_URL || join(folder, 'console.db')
try {
  const settings = checkedSettings(
    {
      port: Number(values.port),
      tenants: tenants.map(({ settings }) => settings),
      users: await Promise.all(
        people.map(async ({ name, roles, password }) => ({ name, roles, password: await hashPassword(password) })),
      ),
    },
    process.env,
  )
  const write = values.log ? (line: string) => process.stderr.write(`${line}\n`) : undefined
  const { url, stop } = await startConsole({ ...settings, database }, { write })
  process.stdout.write(`The admin console is at ${url}
Everything in it is made up: ${tenants.length} companies, each with simulated Genesys Cloud and Webex.

${people.map(({ name, password, what }) => `  ${name.padEnd(6)} ${password}   ${what}`).join('\n')}

To end it: Ctrl+C
`)
  await untilStopped(stop)
} catch (error) {
  // Nothing else can be wrong.
  tellMistake(error instanceof SettingsMistake && error.message.startsWith('port') ? '--port' : 'DATABASE_URL', error)
} finally {
  await Promise.all(tenants.map((tenant) => tenant.stop()))
  await rm(folder, { recursive: true, force: true })
}
