// Measures, and prints one table of ratios: npm run bench -- [parts…] [--users N] [--runs N] [--record]
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { budget } from './parts/budget.mjs'
import { genesys } from './parts/genesys.mjs'
import { memory } from './parts/memory.mjs'
import { orgs } from './parts/orgs.mjs'
import { start } from './parts/start.mjs'
import { webex } from './parts/webex.mjs'

const parts = { genesys, webex, memory, start, budget, orgs }
const RESULTS = join(import.meta.dirname, 'RESULTS.md')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    users: { type: 'string', default: '100000' },
    latency: { type: 'string', default: '30' },
    runs: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '10000,100000,1000000' },
    orgs: { type: 'string', default: '200' },
    'org-users': { type: 'string', default: '50' },
    'budget-users': { type: 'string', default: '75000' },
    speed: { type: 'string', default: '1' },
    record: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(`npm run bench -- [parts…] [options]

Parts: ${Object.keys(parts).join(', ')} (default: all of them)

  --users N          users of genesys and webex (100000)
  --latency MS       of every answer (30)
  --runs N           runs of each program, of which the median counts (5)
  --sizes N,N,…      users of memory (10000,100000,1000000)
  --orgs N           organizations of orgs (200)
  --org-users N      users of each of them (50)
  --budget-users N   users of budget (75000)
  --speed N          how much faster than a true minute one of budget is (1); work is
                     not faster, and weighs more in a short minute
  --record           put the table into RESULTS.md, in the place of the one there`)
  process.exit(0)
}

const unknown = positionals.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}

const numberOf = (name) => {
  const number = Number(values[name])
  if (Number.isSafeInteger(number) && number > 0) return number
  console.error(`--${name}: expected a positive whole number, found ${values[name]}`)
  process.exit(2)
}

const options = {
  users: numberOf('users'),
  latency: numberOf('latency'),
  runs: numberOf('runs'),
  sizes: values.sizes.split(',').map(Number),
  orgs: numberOf('orgs'),
  orgUsers: numberOf('org-users'),
  budgetUsers: numberOf('budget-users'),
  speed: numberOf('speed'),
}

const figureOf = ({ ratio, mib, count, missing }) => {
  if (missing !== undefined) return missing
  if (ratio !== undefined) return ratio.toFixed(2)
  return mib === undefined ? String(count) : `${mib.toFixed(0)} MiB`
}

const amountOf = ({ ratio, mib, count }) => ratio ?? mib ?? count

const targetOf = ({ most, least, mib }) => {
  const unit = mib === undefined ? '' : ' MiB'
  if (most !== undefined) return `at most ${most}${unit}`
  return least === undefined ? '' : `at least ${least}${unit}`
}

const verdictOf = (row) => {
  const value = amountOf(row)
  if (value === undefined) return 'not measured'
  if (row.most === undefined && row.least === undefined) return ''
  return value <= (row.most ?? Number.POSITIVE_INFINITY) && value >= (row.least ?? 0) ? 'met' : 'missed'
}

const commit = () => {
  try {
    const run = (...args) => execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim()
    return `${run('rev-parse', '--short', 'HEAD')}${run('status', '--porcelain') === '' ? '' : ', with changes'}`
  } catch {
    return 'unknown'
  }
}

const chosen = positionals.length === 0 ? Object.keys(parts) : [...new Set(positionals)]
const version = (file) => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'))
const [processor] = cpus()
const lines = [
  `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC. Seatlens ${version('../package.json').version} (${commit()}), Node ${process.version}, ` +
    `the vendor's client ${version('package.json').dependencies['purecloud-platform-client-v2']}; ${cpus().length} cores (${processor.model.trim()}), ` +
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB. Medians of ${options.runs}.`,
  '',
  '| part | measured | figure | target | |',
  '| --- | --- | ---: | --- | --- |',
]
const taken = []
for (const name of chosen) {
  process.stderr.write(`${name}…\n`)
  const { rows, medians } = await parts[name](options)
  for (const row of rows)
    lines.push(`| ${name} | ${row.what} | ${figureOf(row)} | ${targetOf(row)} | ${verdictOf(row)} |`)
  for (const [what, { wallMs, busyMs, mainMs, peakMiB }] of Object.entries(medians)) {
    const times = [wallMs, busyMs, mainMs].map((ms) => (Number.isFinite(ms) ? (ms / 1_000).toFixed(2) : ''))
    taken.push(`| ${name} | ${what} | ${times.join(' | ')} | ${peakMiB.toFixed(0)} |`)
  }
}
lines.push(
  '',
  'What each program took:',
  '',
  '| part | program | seconds | of processors | of them in the main thread | peak MiB |',
  '| --- | --- | ---: | ---: | ---: | ---: |',
  ...taken,
)
const table = lines.join('\n')
console.log(table)

if (values.record) {
  const [before, after] = ['<!-- begin -->', '<!-- end -->']
  const text = readFileSync(RESULTS, 'utf8')
  writeFileSync(
    RESULTS,
    `${text.slice(0, text.indexOf(before) + before.length)}\n\n${table}\n\n${text.slice(text.indexOf(after))}`,
  )
}
