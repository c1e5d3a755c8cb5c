// Measures how long changes of many users take, and how much memory: node test/bench/changes.mjs [changes] [latency in ms]
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

const dist = process.env.SEATLENS_DIST ?? join(import.meta.dirname, '..', '..', 'dist')
const bring = (path) => import(join(dist, path))

const idOf = (kind, inner) => Buffer.from(`ciscospark://us/${kind}/${inner}`).toString('base64url')
const uuidOf = (number) => `0a1b2c3d-0000-4000-8000-${String(number).padStart(12, '0')}`
const organisation = uuidOf(0)
const emailOf = (number) => `grace.hopper.${number}@example.com`

/** So many users who hold three licenses, and get another one: what is held comes first, what is wanted last. */
const vendors = {
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
    licenses: ['MS', 'CMR', 'ST', 'EE'].map((code) => idOf('LICENSE', `${organisation}:${code}_${organisation}`)),
    start: async (users, latencyMs, { userOf, licenses }) => {
      const { startWebexSimulator } = await bring('providers/webex/simulator/index.js')
      return startWebexSimulator({
        latencyMs,
        world: {
          organisation: { uuid: organisation, name: 'Example' },
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

/** The vendor, in a process of its own, until it is ended. */
const serve = async (vendor, users, latencyMs) => {
  const { configuration } = await vendors[vendor].start(users, latencyMs, vendors[vendor])
  process.send(configuration)
}

/** Changes every user, as a plan does that has just read them. */
const measure = async (vendor, count, configuration) => {
  const { userOf, licenses, open } = vendors[vendor]
  const wanted = licenses.at(-1)
  const provider = await open(JSON.parse(configuration))
  const ids = Array.from({ length: count }, (_, number) => userOf(number))
  const user = {
    provider: provider.id,
    kind: 'internal',
    status: 'active',
    licenseIds: licenses.slice(0, -1),
    pendingLicenseIds: [],
  }
  const users = new Map(ids.map((id) => [id, { ...user, id }]))
  const changes = ids.map((userId) => ({ action: 'assign', userId, licenseId: wanted }))
  const counts = {}
  const start = performance.now()
  for await (const { result } of provider.changeAssignments(changes, { users })) {
    counts[result] = (counts[result] ?? 0) + 1
  }
  const seconds = (performance.now() - start) / 1_000
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  return { seconds, busy: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1_024, counts }
}

const told = (child) =>
  new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)))
  })

const [first = '10000', latency = '30', vendor, configuration] = process.argv.slice(2)
if (vendor === undefined) {
  console.log(`${first} changes, ${latency} ms of latency, ${availableParallelism()} cores, Node ${process.version}`)
  console.log('vendor   seconds  of them busy  peak MiB  outcomes')
  for (const name of Object.keys(vendors)) {
    const simulator = fork(import.meta.filename, [first, latency, name])
    try {
      const address = JSON.stringify(await told(simulator))
      const { seconds, busy, peak, counts } = await told(fork(import.meta.filename, [first, latency, name, address]))
      const figures = [
        seconds.toFixed(1).padStart(7),
        busy.toFixed(1).padStart(12),
        peak.toFixed(0).padStart(8),
        JSON.stringify(counts),
      ]
      console.log(`${name.padEnd(7)}  ${figures.join('  ')}`)
    } finally {
      simulator.kill()
    }
  }
} else if (configuration === undefined) await serve(vendor, Number(first), Number(latency))
else {
  process.send(await measure(vendor, Number(first), configuration))
  process.disconnect()
}
