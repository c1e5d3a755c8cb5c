// Does the ten tasks of docs/comparison.md with Seatlens and with every other tool that is here, then reads a list while it
// fails, and prints both as tables. Names of tools: these alone. `--failures`: without the
// tasks. `--json`: what Seatlens takes, and the keystrokes of all, for the test of that page.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { faults, putInForce } from './faults.mjs'
import { keystrokesOf, tasks } from './tasks.mjs'
import { tools } from './tools.mjs'
import { openWorld } from './worlds.mjs'

const USERS = 1_000
/** The holders of one license are several pages of both vendors. */
const USERS_WHILE_IT_FAILS = 2_000
const PATIENCE_MS = 30_000

const inWorld = async (vendor, users, use) => {
  const folder = await mkdtemp(join(tmpdir(), 'seatlens-comparison-'))
  const world = await openWorld(vendor, folder, { users })
  try {
    return await use(world, { cwd: folder, env: world.env })
  } finally {
    await world.simulator.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The requests that one tool sends for each task to one vendor. */
const requestsOf = (name, vendor) =>
  inWorld(vendor, USERS, async (world, options) => {
    const tool = tools[name]
    await tool.yesterday(world, options)
    const taken = []
    for (const task of tasks) {
      if (task.id === 'several') await world.addWrong()
      world.simulator.requests.clear()
      const { code, stderr, stdout } = await tool.task(task, world, options)
      if (!tool.ends.includes(code)) throw new Error(`${name}, ${task.id}, ended with ${code}: ${stderr.slice(-2_000)}`)
      taken.push(world.requests())
      if (process.env.SHOW)
        console.error(`-- ${name} ${vendor} ${task.id}: ${code}\n${stdout.slice(0, 300)}\n${stderr.slice(0, 400)}`)
    }
    return taken
  })

/** The list that is read while it fails: everybody with licenses at Genesys Cloud, the holders of a license at Webex. */
const listed = { genesys: 'everybody', webex: 'holders' }

/** The user of each line: the first id that it has. */
const idsOf = (text) => new Set(text.split('\n').flatMap((line) => /[\w-]{36,}/.exec(line)?.[0] ?? []))

/** What a tool makes of each failure: how it ends, what it says last, and how many of the rows it has. */
const failuresOf = async (name, vendor) => {
  const task = tasks.find(({ id }) => id === listed[vendor])
  const results = []
  for (const fault of [undefined, ...faults]) {
    const result = await inWorld(vendor, USERS_WHILE_IT_FAILS, async (world, options) => {
      if (fault !== undefined) putInForce(fault, vendor, world)
      const ended = await tools[name].task(task, world, { ...options, timeoutMs: PATIENCE_MS })
      return { ...ended, rows: idsOf(ended.stdout).size }
    })
    if (process.env.SHOW) console.error(`-- ${name} ${vendor} ${fault?.name}: ${result.rows}, ${result.code}`)
    results.push({
      fault: fault?.name ?? 'nothing',
      rows: result.rows,
      code: result.code ?? `none after ${PATIENCE_MS / 1_000} s`,
      seconds: result.seconds.toFixed(1),
      says: result.stderr.trim().split('\n').slice(-3).join(' / ').slice(0, 400),
    })
  }
  return results
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const keystrokes = Object.fromEntries(
  Object.keys(tools).map((name) => [name, tasks.map((task) => keystrokesOf(name, task))]),
)

const printTasks = async (here) => {
  const requests = []
  for (const { name, vendor } of here) requests.push(await requestsOf(name, vendor))
  const head = [
    'task',
    ...Object.keys(tools).map((name) => `keystrokes: ${name}`),
    ...here.map(({ name, vendor }) => `requests: ${name}, ${vendor}`),
  ]
  const rows = tasks.map(({ task }, place) => [
    task,
    ...Object.keys(tools).map((name) => keystrokes[name][place]),
    ...requests.map((taken) => taken[place]),
  ])
  console.log(`\n${table(head, rows)}`)
}

if (process.argv.includes('--json')) {
  const [genesys, webex] = await Promise.all(['genesys', 'webex'].map((vendor) => requestsOf('seatlens', vendor)))
  console.log(JSON.stringify({ tasks: tasks.map(({ task }) => task), keystrokes, requests: { genesys, webex } }))
} else {
  const named = Object.keys(tools).filter((name) => process.argv.includes(name))
  const wanted = Object.entries(tools).filter(([name]) => named.length === 0 || named.includes(name))
  const here = wanted.flatMap(([name, { vendors, version }]) => {
    const found = version()
    console.log(found === undefined ? `${name} is not here` : `${name} ${found}`)
    return found === undefined ? [] : vendors.map((vendor) => ({ name, vendor }))
  })
  if (!process.argv.includes('--failures')) await printTasks(here)
  for (const { name, vendor } of here) {
    console.log(`\n${name}, ${vendor}\n`)
    const results = await failuresOf(name, vendor)
    console.log(
      table(
        Object.keys(results[0]),
        results.map((result) => Object.values(result)),
      ),
    )
  }
}
