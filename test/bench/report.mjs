// Measures how long a report of a large organisation takes in each format, and how much memory: node test/bench/report.mjs [users]
import { fork } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'

const dist = process.env.SEATLENS_DIST ?? join(import.meta.dirname, '..', '..', 'dist')
const formats = ['table', 'json', 'csv', 'md', 'html', 'xlsx']
const layouts = ['license', 'user', 'assignment']
const DAY_MS = 86_400_000
const PAGE = 1_000

/** So many users in two providers, a fifth of them people of the other one too, who hold three licenses of 33 each. */
const organisation = async (users) => {
  const { createInMemoryProvider } = await import(join(dist, 'src/testing/index.js'))
  const { known, unlimited, unknown } = await import(join(dist, 'src/index.js'))
  const { createPaged, defineProvider, systemClock, text } = await import(join(dist, 'src/provider-kit/index.js'))
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
    licenseIds: [0, 1, 2].map((step) => `${provider}-license-${(number + step * 7) % kinds}`),
    pendingLicenseIds: [],
  })
  // Made as they are asked for, as those of a vendor: nobody has them all in memory but the report.
  const people = (provider, from, count, kinds) => (request) =>
    createPaged(
      {
        provider,
        operation: 'listUsers',
        clock: systemClock,
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
    settings: { note: text({ description: 'Nothing.', variable: 'NOTE' }) },
    check: () => [],
    create: (id) => ({
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

const measure = async (users, format, layout) => {
  const { writeFile } = await import('node:fs/promises')
  const { main } = await import(join(dist, 'src/cli/main.js'))
  const definition = await organisation(users)
  const folder = await mkdtemp(join(tmpdir(), 'seatlens-bench-'))
  try {
    await writeFile(join(folder, 'seatlens.json'), JSON.stringify(configuration))
    const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })
    const start = performance.now()
    const code = await main(
      ['report', '--format', format, '--by', layout, '--output', 'report'],
      {
        stdin: Readable.from([]),
        stdout: nowhere(),
        stderr: process.stderr,
        variables: {},
        workingDirectory: folder,
        onInterrupt: () => () => {},
        exit: () => {},
      },
      [{ type: 'memory', load: async () => definition }],
    )
    const seconds = (performance.now() - start) / 1_000
    const { size } = await stat(join(folder, 'report'))
    return { code, seconds, peak: process.resourceUsage().maxRSS / 1_024, size: size / 1e6 }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const inChild = (users, format, layout) =>
  new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, [String(users), format, layout])
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${format} by ${layout} ended with ${code}`)))
  })

const [users = '100000', format, layout] = process.argv.slice(2)
if (format === undefined) {
  console.log(`${users} users, ${availableParallelism()} cores, Node ${process.version}`)
  console.log('format  by          seconds  peak MiB  file MB')
  const only = process.env.FORMATS?.split(',') ?? formats
  for (const one of only) {
    for (const by of one === 'html' ? ['license'] : layouts) {
      const { code, seconds, peak, size } = await inChild(Number(users), one, by)
      const figures = [seconds.toFixed(1).padStart(7), peak.toFixed(0).padStart(8), size.toFixed(1).padStart(8)]
      console.log(`${one.padEnd(7)} ${by.padEnd(10)} ${figures.join('  ')}${code === 0 ? '' : `  exit ${code}`}`)
    }
  }
} else {
  process.send(await measure(Number(users), format, layout))
  process.disconnect()
}
