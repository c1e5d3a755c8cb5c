// Measures how long reports of a large organization take, and snapshots of it, and how much memory: node bench/reports.mjs [users]
import { fork } from 'node:child_process'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'

const dist = process.env.SEATLENS_DIST ?? join(import.meta.dirname, '..', 'dist')
const formats = ['table', 'json', 'csv', 'md', 'html', 'xlsx']
const layouts = ['license', 'user', 'assignment']
const DAY_MS = 86_400_000
const PAGE = 1_000

/**
 * So many users in two providers, a fifth of them people of the other one too, who hold three licenses of 33 each. A month
 * later every twentieth of them holds others.
 */
const organization = async (users, isLater) => {
  const { createInMemoryProvider } = await import(join(dist, 'src/testing/index.js'))
  const { known, unlimited, unknown } = await import(join(dist, 'src/index.js'))
  const { Calls, defineProvider, Fields, Lists } = await import(join(dist, 'src/provider-kit/index.js'))
  const now = Date.now()
  const licenses = (provider, count, capacity) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${provider}-license-${index}`,
      name: `License ${index} of ${provider}`,
      metric: 'named',
      purchased: index === 3 ? unlimited : index === 4 ? unknown('the vendor does not tell') : known(capacity),
      consumed: known(0),
      includes: index === 1 ? [`${provider}-license-2`] : [],
      requires: [],
    }))
  const person = (provider, number, kinds) => ({
    provider,
    id: `${provider}-0000-4000-8000-${String(number).padStart(12, '0')}`,
    kind: number % 50 === 0 ? 'external' : 'internal',
    status: number % 40 === 0 ? 'inactive' : 'active',
    displayName: `Grace Hopper the ${number}th`,
    email: `grace.hopper.${number}@example.com`,
    department: `Department ${number % 40}`,
    lastActiveAt: new Date(now - (number % 100) * DAY_MS).toISOString(),
    licenseIds: [0, 1, 2].map(
      (step) => `${provider}-license-${(number + step * 7 + (isLater && number % 20 === 0 ? 1 : 0)) % kinds}`,
    ),
    pendingLicenseIds: [],
  })
  // Made as they are asked for, as those of a vendor: nobody has them all in memory but the report.
  const people = (provider, from, count, kinds) => (request) =>
    Lists.createPaged(
      {
        provider,
        operation: 'listUsers',
        clock: Calls.systemClock,
        walk: async function* () {
          for (let start = 0; start < count; start += PAGE) {
            const end = Math.min(count, start + PAGE)
            const items = Array.from({ length: end - start }, (_, index) =>
              person(provider, from + start + index, kinds),
            )
            yield {
              _tag: 'Right',
              right: { items, total: count, ...(end < count ? { continuation: String(end) } : {}) },
            }
          }
        },
        keyOf: ({ id }) => id,
      },
      request,
    )
  const one = Math.round(users * 0.6)
  const shared = Math.round(users / 5)
  const worlds = {
    one: { licenses: licenses('one', 11, users), listUsers: people('one', 0, one, 10) },
    two: { licenses: licenses('two', 22, users), listUsers: people('two', one - shared, users - one, 21) },
  }
  return defineProvider({
    type: 'memory',
    displayName: 'Memory',
    settings: { note: Fields.text({ description: 'Nothing.', variable: 'NOTE' }) },
    check: () => [],
    configOf: (id) => ({ id }),
    create: ({ id }) => ({
      ...createInMemoryProvider({ id, displayName: `Vendor ${id}`, licenses: worlds[id].licenses, users: [] }),
      listUsers: worlds[id].listUsers,
    }),
    startSimulator: () => Promise.reject(new Error('there is none')),
  })
}

const configuration = {
  providers: ['one', 'two'].map((id) => ({
    id,
    type: 'memory',
    licenses: Object.fromEntries(
      [0, 1, 2, 5].map((index) => [
        `${id}-license-${index}`,
        { price: { amount: 1_099 + index, currency: id === 'one' ? 'EUR' : 'USD', per: 'seat-month' } },
      ]),
    ),
  })),
}

/** What is measured, in this order: the snapshots come before what is made from them. */
const commands = [
  ...formats.flatMap((format) =>
    (format === 'html' ? ['license'] : layouts).map((layout) => ['report', '--format', format, '--by', layout]),
  ),
  ['check', '--fail-on', 'any'],
  ['snapshot'],
  ['snapshot', 'later'],
  ...formats.map((format) => ['report', '--format', format, '--from', 'snapshot']),
  ['check', '--fail-on', 'any', '--from', 'snapshot'],
  ['diff', 'snapshot', 'later', '--format', 'json'],
  ['trend', '.', '--format', 'html'],
]

const sizeOf = async (path) => {
  const found = await stat(path)
  if (!found.isDirectory()) return found.size
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** Carries out one command of the line, in this process, in a folder. */
const measure = async (users, folder, [command, ...args]) => {
  const { main } = await import(join(dist, 'src/cli/main.js'))
  const isLater = command === 'snapshot' && args[0] === 'later'
  const definition = await organization(users, isLater)
  const output = command === 'snapshot' ? (isLater ? 'later' : 'snapshot') : 'output'
  const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })
  const start = performance.now()
  const code = await main(
    [command, ...(command === 'snapshot' ? [] : args), '--output', output],
    {
      stdin: Readable.from([]),
      stdout: nowhere(),
      stderr: nowhere(),
      variables: {},
      workingDirectory: folder,
      platform: process.platform,
      onInterrupt: () => () => {},
      exit: () => {},
    },
    [{ type: 'memory', load: async () => definition }],
  )
  const seconds = (performance.now() - start) / 1_000
  const size = await sizeOf(join(folder, output))
  if (output === 'output') await rm(join(folder, output))
  return { code, seconds, peak: process.resourceUsage().maxRSS / 1_024, size: size / 1e6 }
}

const inChild = (users, folder, command) =>
  new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [String(users), folder, ...command])
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${command.join(' ')} ended with ${code}`)))
  })

const [users = '100000', folder, ...command] = process.argv.slice(2)
if (folder === undefined) {
  console.log(`${users} users, ${availableParallelism()} cores, Node ${process.version}`)
  console.log(`${'command'.padEnd(44)}  seconds  peak MiB       MB`)
  const place = await mkdtemp(join(tmpdir(), 'seatlens-bench-'))
  try {
    await writeFile(join(place, 'seatlens.json'), JSON.stringify(configuration))
    for (const one of commands) {
      const { code, seconds, peak, size } = await inChild(Number(users), place, one)
      const figures = [seconds.toFixed(1).padStart(7), peak.toFixed(0).padStart(8), size.toFixed(1).padStart(7)]
      console.log(`${one.join(' ').padEnd(44)}  ${figures.join('  ')}${code === 0 ? '' : `  exit ${code}`}`)
    }
  } finally {
    await rm(place, { recursive: true, force: true })
  }
} else {
  process.send(await measure(Number(users), folder, command))
  process.disconnect()
}
