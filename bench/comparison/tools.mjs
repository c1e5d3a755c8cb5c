// The three tools that are run: how each does a task, and whether it is there.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commandLine } from '../measure.mjs'
import { scriptOf } from './tasks.mjs'

const python = process.env.PYTHON ?? 'python3'
const atSimulator = join(import.meta.dirname, 'wxc_sdk', 'at-simulator.py')

/** Runs it to its end, or for so long. `code` is absent where it was stopped. */
const run = ([command, ...args], { cwd, env, timeoutMs = 120_000 }) =>
  new Promise((resolve, reject) => {
    const start = performance.now()
    // A group of its own, so that what a shell has started is stopped with it.
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const pieces = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (piece) => {
        pieces[name] += piece
      })
    }
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), timeoutMs)
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({ ...pieces, code: code ?? undefined, seconds: (performance.now() - start) / 1_000 })
    })
  })

const answers = (command, args, expected) => {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8' })
  return expected.exec(stdout ?? '')?.[1]
}

const seatlens = {
  vendors: ['genesys', 'webex'],
  /** What is found, a limit that is breached, and what is incomplete. */
  ends: [0, 3, 5],
  version: () => JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')).version,
  task: async ({ seatlens: commands }, { fill }, options) => {
    let last
    for (const command of commands) {
      last = await run([process.execPath, commandLine, ...fill(command).split(' ')], options)
    }
    return last
  },
  yesterday: async (world, options) => seatlens.task({ seatlens: ['snapshot --output yesterday'] }, world, options),
}

/** What yesterday's run of the program has written is what the next one compares with. */
const keptFromYesterday = async (tool, world, options) => {
  await writeFile(join(options.cwd, 'yesterday'), '[]')
  await tool.task({ id: 'changed' }, world, options)
  await rename(join(options.cwd, 'today'), join(options.cwd, 'yesterday'))
}

const gc = {
  vendors: ['genesys'],
  ends: [0, 1],
  version: () => answers('gc', ['version'], /Current version: (\S+)/),
  task: async (task, { fill }, options) => run(['bash', '-c', fill(scriptOf('gc', task))], options),
  yesterday: (world, options) => keptFromYesterday(gc, world, options),
}

const wxcSdk = {
  vendors: ['webex'],
  ends: [0, 1],
  version: () => answers(python, ['-c', 'import wxc_sdk; print(wxc_sdk.__version__)'], /(\S+)/),
  task: async (task, { fill }, options) => {
    const file = join(options.cwd, 'program.py')
    await writeFile(file, fill(scriptOf('wxc_sdk', task)))
    return run([python, atSimulator, file], options)
  },
  yesterday: (world, options) => keptFromYesterday(wxcSdk, world, options),
}

export const tools = { seatlens, gc, wxc_sdk: wxcSdk }
