// Vendors with many users for the benches of changes, each in a process of its own.
import { fork } from 'node:child_process'
import { join } from 'node:path'

export const dist = process.env.SEATLENS_DIST ?? join(import.meta.dirname, '..', 'dist')
const bring = (path) => import(join(dist, path))

const idOf = (kind, inner) => Buffer.from(`ciscospark://us/${kind}/${inner}`).toString('base64url')
const uuidOf = (number) => `0a1b2c3d-0000-4000-8000-${String(number).padStart(12, '0')}`
const organization = uuidOf(0)
const emailOf = (number) => `grace.hopper.${number}@example.com`

/** So many users who hold three licenses, and get another one: what is held comes first, what is wanted last. */
export const vendors = {
  genesys: {
    userOf: uuidOf,
    licenses: ['collaborate', 'communicate', 'cloudCX1', 'cloudCX2'],
    start: async (users, latencyMs, { userOf, licenses }) => {
      const held = licenses.slice(0, -1)
      const { startGenesysSimulator } = await bring('providers/genesys/simulator/index.js')
      const ids = Array.from({ length: users }, (_, number) => userOf(number))
      return startGenesysSimulator({
        latencyMs,
        world: {
          definitions: licenses.map((id) => ({ id })),
          licenseRows: ids.map((id) => ({ id, licenses: held })),
          directory: ids.map((id, number) => ({ id, name: id, email: emailOf(number) })),
        },
      })
    },
    open: async (configuration) => (await bring('providers/genesys/index.js')).createGenesysProvider(configuration),
  },
  webex: {
    userOf: (number) => idOf('PEOPLE', uuidOf(number)),
    licenses: ['MS', 'CMR', 'ST', 'EE'].map((code) => idOf('LICENSE', `${organization}:${code}_${organization}`)),
    start: async (users, latencyMs, { userOf, licenses }) => {
      const { startWebexSimulator } = await bring('providers/webex/simulator/index.js')
      return startWebexSimulator({
        latencyMs,
        world: {
          organization: { uuid: organization, name: 'Example' },
          licenses: licenses.map((id) => ({ id, name: id, totalUnits: users, subscriptionId: 'Sub1' })),
          people: Array.from({ length: users }, (_, number) => ({
            id: userOf(number),
            email: emailOf(number),
            licenses: licenses.slice(0, -1),
          })),
        },
      })
    },
    open: async (configuration) => (await bring('providers/webex/index.js')).createWebexProvider(configuration),
  },
}

export const told = (child) =>
  new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)))
  })

/** The vendor, in a process of its own: how it is reached, and how it is ended. */
export const startVendor = async (vendor, users, latencyMs) => {
  const simulator = fork(import.meta.filename, [vendor, String(users), String(latencyMs)])
  return { configuration: await told(simulator), stop: () => simulator.kill() }
}

if (process.argv[1] === import.meta.filename) {
  const [vendor, users, latencyMs] = process.argv.slice(2)
  const { configuration } = await vendors[vendor].start(Number(users), Number(latencyMs), vendors[vendor])
  process.send(configuration)
}
