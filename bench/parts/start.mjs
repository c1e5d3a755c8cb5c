import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine, compare, dist, runOnce } from '../measure.mjs'

const root = join(import.meta.dirname, '..', '..')

/** Prints the address of each file that is loaded. */
const loaded = `data:text/javascript,${encodeURIComponent(`import { register } from 'node:module'
  register('data:text/javascript,' + encodeURIComponent(\`import { writeSync } from 'node:fs'
    export const load = (url, context, next) => { writeSync(1, url + '\\\\n'); return next(url, context) }\`))`)}`

/** The bytes of the files that importing it loads, those of packages included. */
const bytesOf = async (file) => {
  const { stdout } = await runOnce(
    ['--import', loaded, '--input-type=module', '-e', `await import(${JSON.stringify(file)})`],
    {
      keep: true,
    },
  )
  const files = new Set(stdout.split('\n').filter((line) => line.startsWith('file:')))
  return [...files].reduce((sum, url) => sum + statSync(new URL(url)).size, 0)
}

const entryPoints = () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Object.entries(exports).flatMap(([name, path]) =>
    path.endsWith('.js') ? [[name, join(dist, '..', path)]] : [],
  )
}

/** The bytes of the package and all packages that come with it, as they are installed. */
const installedBytes = () => {
  const [{ unpackedSize }] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  const listed = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: root, encoding: 'utf8' })
  const packages = new Set(listed.trim().split('\n').slice(1))
  const du = [...packages].reduce(
    (sum, path) =>
      sum + Number(execFileSync('du', ['-sb', '--exclude=node_modules', path], { encoding: 'utf8' }).split('\t')[0]),
    0,
  )
  return unpackedSize + du
}

/** How long a start takes: the help, and the import of each entry point, against a Node that does nothing. */
export const start = async ({ runs }) => {
  const points = entryPoints()
  const medians = await compare(runs, {
    nothing: () => runOnce(['-e', '0']),
    help: () => runOnce([commandLine, '--help']),
    ...Object.fromEntries(
      points.map(([name, file]) => [
        name,
        () => runOnce(['--input-type=module', '-e', `await import(${JSON.stringify(file)})`]),
      ]),
    ),
  })
  const { nothing, help } = medians
  const rows = [{ what: 'seatlens --help ÷ node -e 0: time', ratio: help.wallMs / nothing.wallMs, most: 3 }]
  for (const [name, file] of points) {
    const place = name.replace(/^\./, 'seatlens')
    const kib = (await bytesOf(file)) / 1_024
    rows.push({
      what: `import ${place} ÷ node -e 0: time (${(medians[name].wallMs - nothing.wallMs).toFixed(0)} ms more, ${kib.toFixed(0)} KiB loaded)`,
      ratio: medians[name].wallMs / nothing.wallMs,
    })
  }
  rows.push({ what: 'the package as installed, with all that comes with it', mib: installedBytes() / 1_024 / 1_024 })
  return { medians, rows }
}
