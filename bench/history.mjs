// Measures what years of snapshots cost: trend and diff over many providers, and queries over large ones.
//   node bench/history.mjs trend [providers] [snapshots] [users of each provider] [folder]
//   node bench/history.mjs query [providers] [snapshots] [users of each provider] [folder]
// With a folder, the snapshots are written there unless it has them, and stay for the next time.
import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { inFolder } from './in-folder.mjs'
import { commandLine, dist, runOnce } from './measure.mjs'

const DAY_MS = 86_400_000
const LICENSES = 8

const { createInMemoryProvider } = await import(join(dist, 'src/testing/index.js'))
const { known, takeSnapshot, toPromise, withDeclaredLicenses } = await import(join(dist, 'src/index.js'))
const { writeSnapshotFolder } = await import(join(dist, 'src/node/index.js'))

const licenseId = (kind) => `license-${kind % LICENSES}`

/** A user holds three licenses. Each month, every twentieth user holds another one in place of one of them. */
const userOf = (provider, number, month, now) => ({
  id: `${provider}-4000-8000-${String(number).padStart(12, '0')}`,
  kind: number % 50 === 0 ? 'external' : 'internal',
  status: number % 40 === 0 ? 'inactive' : 'active',
  displayName: `Grace Hopper the ${number}th`,
  email: `grace.hopper.${number}@${provider}.example.com`,
  department: `Department ${number % 40}`,
  manager: `Manager ${number % 90}`,
  lastActiveAt: new Date(now - (number % 100) * DAY_MS).toISOString(),
  licenseIds: [0, 1, 2].map((step) => licenseId(number + step * 2 + Math.floor((month + (number % 20)) / 20))),
  pendingLicenseIds: [],
})

const licensesOf = (users) =>
  Array.from({ length: LICENSES }, (_, kind) => ({
    id: licenseId(kind),
    name: `License ${kind}`,
    metric: 'named',
    purchased: known(Math.ceil(users * 0.45)),
    consumed: known(Math.ceil((users * 3) / LICENSES)),
    includes: [],
    requires: [],
  }))

const prices = new Map(
  [0, 1, 2, 3, 5].map((kind) => [
    licenseId(kind),
    { prices: [{ amount: 1_099 + kind, currency: 'EUR', per: 'seat-month' }] },
  ]),
)

const monthAt = (month) => new Date(Date.UTC(2021, month, 1, 6))

const takeMonth = (folder, month, { providers, users }) => {
  const now = monthAt(month).getTime()
  const made = Array.from({ length: providers }, (_, place) => {
    const id = `org-${String(place + 1).padStart(3, '0')}`
    return withDeclaredLicenses(
      createInMemoryProvider({
        id,
        vendor: place % 2 === 0 ? 'genesys' : 'webex',
        displayName: `Organization ${place + 1}`,
        pageSize: 1_000,
        licenses: licensesOf(users),
        users: Array.from({ length: users }, (_, number) => userOf(id, number, month, now)),
      }),
      prices,
    )
  })
  const clock = { now: () => now, sleep: () => Promise.resolve() }
  return toPromise(takeSnapshot(made, { clock })).then((content) =>
    toPromise(writeSnapshotFolder(join(folder, monthAt(month).toISOString().slice(0, 10)), content)),
  )
}

const sizeOf = async (path) => {
  const found = await stat(path)
  if (!found.isDirectory()) return found.size
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

const print = (what, { wallMs, busyMs, peakMiB, code }) =>
  console.log(
    `${what.padEnd(44)}  ${(wallMs / 1_000).toFixed(1).padStart(7)}  ${(busyMs / 1_000).toFixed(1).padStart(9)}  ${peakMiB.toFixed(0).padStart(8)}${code === 0 ? '' : `  exit ${code}`}`,
  )

const run = (cwd, ...args) => runOnce([commandLine, ...args], { cwd, codes: [0, 5] })

const measures = {
  trend: async (path, names) => {
    const [first, last, before] = [names[0], names.at(-1), names.at(-2)]
    for (const format of ['table', 'json', 'csv', 'html']) {
      print(`trend --format ${format}`, await run(path, 'trend', 'kept', '--format', format))
    }
    for (const [earlier, format] of [
      [first, 'json'],
      [before, 'json'],
      [before, 'table'],
    ]) {
      const what = `diff of ${earlier === first ? 'the first' : 'the last two'} --format ${format}`
      print(what, await run(path, 'diff', join('kept', earlier), join('kept', last), '--format', format))
    }
  },
  query: async (path) => {
    const { openSnapshotTables } = await import(join(dist, 'src/query/index.js'))
    print('query, tables are made', await run(path, 'query', 'SELECT count(*) FROM users', '--from', 'kept'))
    print('query, tables are kept', await run(path, 'query', 'SELECT count(*) FROM users', '--from', 'kept'))
    const opened = performance.now()
    const tables = await toPromise(openSnapshotTables([join(path, 'kept')]))
    console.log(`tables opened in ${((performance.now() - opened) / 1_000).toFixed(1)} s`)
    const ready = join(import.meta.dirname, '..', 'examples', 'queries')
    for (const name of await readdir(ready)) {
      const sql = await readFile(join(ready, name), 'utf8')
      const [started, used] = [performance.now(), process.cpuUsage()]
      const { rows } = await toPromise(tables.query(sql))
      let count = 0
      for await (const some of rows) {
        if (some._tag === 'Left') throw new Error(some.left.message)
        count += some.right.length
      }
      const { user, system } = process.cpuUsage(used)
      const taken = { wallMs: performance.now() - started, busyMs: (user + system) / 1_000 }
      print(`${name} (${count} rows)`, { ...taken, peakMiB: process.resourceUsage().maxRSS / 1_024, code: 0 })
    }
    await tables.close()
  },
}

const [what = 'trend', ...sizes] = process.argv.slice(2)
const [providers, snapshots, users] = (what === 'trend' ? [300, 60, 100] : [2, 100, 5_000]).map((usual, place) =>
  Number(sizes[place] ?? usual),
)

const measure = async (path) => {
  const kept = join(path, 'kept')
  await mkdir(kept, { recursive: true })
  const before = new Set(await readdir(kept))
  const started = performance.now()
  for (let month = 0; month < snapshots; month++) {
    if (!before.has(monthAt(month).toISOString().slice(0, 10))) await takeMonth(kept, month, { providers, users })
  }
  console.log(
    `${snapshots} snapshots of ${providers} providers with ${users} users each: ${((await sizeOf(kept)) / 1e6).toFixed(0)} MB, written in ${((performance.now() - started) / 1_000).toFixed(0)} s`,
  )
  console.log(`${availableParallelism()} cores, Node ${process.version}`)
  console.log(`${'command'.padEnd(44)}  seconds  processor  peak MiB`)
  await measures[what](path, (await readdir(kept)).sort())
}

const folder = sizes[3]
if (folder === undefined) await inFolder(({ path }) => measure(path))
else await measure(folder)
