// Runs programs as whole processes, and takes their time, processor time and peak memory.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const usage = new URL('usage.mjs', import.meta.url).href

/** The built package, or another one to compare with. */
export const dist = process.env.SEATLENS_DIST ?? join(import.meta.dirname, '..', 'dist')
export const commandLine = join(dist, 'src', 'cli', 'bin.js')
export const program = (name) => join(import.meta.dirname, 'programs', name)

const textOf = (stream) => {
  const pieces = []
  stream.on('data', (piece) => pieces.push(piece))
  return () => Buffer.concat(pieces).toString('utf8')
}

/**
 * One run from start to end. `keep`: what it prints is kept; otherwise it is thrown away unread, as by `> /dev/null`. `codes`: how
 * it may end.
 */
export const runOnce = (args, { cwd, env = {}, keep = false, codes = [0] } = {}) =>
  new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(process.execPath, ['--import', usage, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', keep ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    })
    const stdout = keep ? textOf(child.stdout) : () => ''
    const [stderr, used] = [textOf(child.stderr), textOf(child.stdio[3])]
    child.once('error', reject)
    child.once('close', (code) => {
      const wallMs = performance.now() - start
      if (!codes.includes(code))
        return reject(new Error(`${args.join(' ')} ended with ${code}: ${stderr().slice(-2_000)}`))
      resolve({ wallMs, ...JSON.parse(used()), code, stdout: stdout(), stderr: stderr() })
    })
  })

export const median = (numbers) => {
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Runs each of several programs so often, in turns, so that a machine that is busy for a while is busy for all of them. Gives the
 * medians by name.
 */
export const compare = async (runs, programs) => {
  const taken = new Map(Object.keys(programs).map((name) => [name, []]))
  for (let run = 0; run < runs; run++) {
    for (const [name, start] of Object.entries(programs)) taken.get(name).push(await start())
  }
  return Object.fromEntries(
    [...taken].map(([name, results]) => [
      name,
      Object.fromEntries(
        ['wallMs', 'busyMs', 'mainMs', 'peakMiB'].map((what) => [what, median(results.map((result) => result[what]))]),
      ),
    ]),
  )
}
