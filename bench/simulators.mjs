// Simulators in processes of their own, so that what they take is not taken for what the measured program takes.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { dist } from './measure.mjs'

const bring = (path) => import(join(dist, path))
const genesys = async () => (await bring('providers/genesys/simulator/index.js')).startGenesysSimulator
const webex = async () => (await bring('providers/webex/simulator/index.js')).startWebexSimulator

const uuidOf = (number) => `0a1b2c3d-0000-4000-8000-${String(number).padStart(12, '0')}`
const idOf = (kind, inner) => Buffer.from(`ciscospark://us/${kind}/${inner}`).toString('base64url')

const LICENSES = 20
/** The first license has twenty times as many holders as the last one: lists of any length. */
const shares = Array.from({ length: LICENSES }, (_, place) => Array(LICENSES - place).fill(place)).flat()

/** So many people, who each hold up to three of twenty licenses. */
const webexWorld = (users) => {
  const organization = uuidOf(0)
  const licenses = Array.from({ length: LICENSES }, (_, place) => {
    const code = `L${String(place).padStart(2, '0')}`
    return {
      id: idOf('LICENSE', `${organization}:${code}_${organization}`),
      name: `License ${place}`,
      totalUnits: users,
      subscriptionId: 'Sub1',
    }
  })
  const held = (number) =>
    [number * 97, number * 57 + 31, number * 11 + 100].map((place) => licenses[shares[place % shares.length]].id)
  return {
    organization: { uuid: organization, name: 'Example' },
    licenses,
    people: Array.from({ length: users }, (_, number) => ({
      id: idOf('PEOPLE', uuidOf(number)),
      email: `grace.hopper.${number}@example.com`,
      licenses: [...new Set(held(number))],
    })),
  }
}

/** A clock that runs so many times as fast as the true one, and is the same in every process. */
const fastNow =
  ({ epoch, speed }) =>
  () =>
    epoch + (Date.now() - epoch) * speed

/** What each kind of organization that fails is like. */
const failures = [
  async (start) => ({ ...(await start({ permissions: [] })), type: 'genesys' }),
  async (start) => {
    const simulator = await start({})
    return { ...simulator, type: 'genesys', configuration: { ...simulator.configuration, clientSecret: 'wrong' } }
  },
  async (start) => ({
    ...(await start({ faults: [{ match: { path: '/api/v2/*' }, effect: { kind: 'status', status: 503 } }] })),
    type: 'genesys',
  }),
  async (start) => ({
    ...(await start({ faults: [{ match: { path: '/api/v2/license/users' }, effect: { kind: 'cut' } }] })),
    type: 'genesys',
  }),
  async (start) => ({
    ...(await start({ faults: [{ match: { path: '/api/v2/license/*' }, effect: { kind: 'truncate' } }] })),
    type: 'genesys',
  }),
]

const FIFTH = 5

const kinds = {
  genesys: async ({ users, latencyMs }) => {
    const { organization, configuration } = await (await genesys())({ users, latencyMs })
    return {
      configuration: { type: 'genesys', ...configuration },
      listed: [...organization.users()].filter(({ listed }) => listed).length,
    }
  },
  webex: async ({ users, latencyMs }) => {
    const { configuration } = await (await webex())({ latencyMs, world: webexWorld(users) })
    return { configuration: { type: 'webex', ...configuration } }
  },
  /** An organization as the simulator makes it, which takes less memory than one that is written out. */
  seededWebex: async ({ users, latencyMs }) => {
    const { configuration } = await (await webex())({ users, latencyMs })
    return { configuration: { type: 'webex', ...configuration } }
  },
  /** A vendor that takes so many requests in a minute. */
  limited: async ({ users, requestsPerMinute, ...clock }) => {
    const { configuration } = await (await genesys())({
      users,
      now: fastNow(clock),
      rateLimit: { requests: requestsPerMinute },
    })
    return { configuration: { type: 'genesys', ...configuration } }
  },
  /** Many organizations of both vendors. Every fifth fails, each in another way. */
  many: async ({ count, users, latencyMs }) => {
    const [startGenesys, startWebex] = [await genesys(), await webex()]
    const started = []
    for (let number = 0; number < count; number++) {
      const base = { users, latencyMs, seed: number + 1 }
      const fails = number % FIFTH === FIFTH - 1
      if (fails) {
        const fail = failures[Math.floor(number / FIFTH) % failures.length]
        started.push({ ...(await fail((options) => startGenesys({ ...base, ...options }))), fails })
      } else if (number % 2 === 0) started.push({ ...(await startGenesys(base)), type: 'genesys', fails })
      else started.push({ ...(await startWebex(base)), type: 'webex', fails })
    }
    return {
      organizations: started.map(({ type, fails, configuration, organization }, number) => ({
        provider: { id: `organization-${number}`, type, ...configuration },
        fails,
        holders: [...organization.users()].filter((user) => user.listed !== false && user.licenseIds.length > 0).length,
      })),
    }
  },
}

/** Starts one: what it says of itself, and how it is ended. */
export const startSimulator = (kind, options) =>
  new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [kind, JSON.stringify(options)], {
      execArgv: ['--max-old-space-size=8192'],
    })
    child.once('message', (said) => resolve({ ...said, stop: () => child.kill() }))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)))
  })

if (process.argv[1] === import.meta.filename) {
  const [kind, options] = process.argv.slice(2)
  process.send(await kinds[kind](JSON.parse(options)))
}
