// Measures how much memory plans of many changes take: made, carried out and taken back: node bench/apply.mjs [changes] [vendor]
import { fork } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { dist, startVendor, told, vendors } from './simulated-vendors.mjs'

const LIMIT_MIB = 400

/** Carries out one command of the line, in this process, in a folder. */
const measure = async (folder, args) => {
  const { main } = await import(join(dist, 'src/cli/main.js'))
  const { registry } = await import(join(dist, 'src/cli/registry.js'))
  const said = []
  const writable = (write) =>
    new Writable({
      write: (chunk, _encoding, done) => {
        write(String(chunk))
        done()
      },
    })
  const start = performance.now()
  const code = await main(
    args,
    {
      stdin: Readable.from([]),
      stdout: writable(() => {}),
      stderr: writable((text) => said.push(text)),
      variables: {},
      workingDirectory: folder,
      platform: process.platform,
      onInterrupt: () => () => {},
      exit: () => {},
    },
    registry,
  )
  if (code !== 0) throw new Error(said.join(''))
  return { seconds: (performance.now() - start) / 1_000, peak: process.resourceUsage().maxRSS / 1_024 }
}

const inChild = (...args) => told(fork(import.meta.filename, args))

if (process.send === undefined) {
  const [changes = '50000', only] = process.argv.slice(2)
  console.log(`${changes} changes, ${availableParallelism()} cores, Node ${process.version}`)
  console.log('vendor   command  seconds  peak MiB')
  for (const [vendor, { userOf, licenses }] of Object.entries(vendors)) {
    if (only !== undefined && only !== vendor) continue
    const place = await mkdtemp(join(tmpdir(), 'seatlens-bench-'))
    const { configuration, stop } = await startVendor(vendor, changes, 0)
    try {
      const users = Array.from({ length: Number(changes) }, (_, number) => userOf(number))
      await writeFile(
        join(place, 'seatlens.json'),
        JSON.stringify({ providers: [{ id: vendor, type: vendor, ...configuration }] }),
      )
      await writeFile(join(place, 'users.csv'), `user\n${users.join('\n')}\n`)
      const commands = [
        ['plan', '--assign', licenses.at(-1), '--file', 'users.csv', '--output', 'plan.json'],
        ['apply', 'plan.json', '--yes', '--output', 'result.json'],
        ['undo', 'plan.json.journal', '--yes', '--output', 'undone.json'],
      ]
      for (const one of commands) {
        const { seconds, peak } = await inChild(place, ...one)
        const isAbove = peak >= LIMIT_MIB
        if (isAbove) process.exitCode = 1
        const figures = [one[0].padEnd(7), seconds.toFixed(1).padStart(7), peak.toFixed(0).padStart(8)]
        console.log(`${vendor.padEnd(7)}  ${figures.join('  ')}${isAbove ? `  above ${LIMIT_MIB}` : ''}`)
      }
      console.log(`${vendor.padEnd(7)}  a plan of ${((await stat(join(place, 'plan.json'))).size / 1e6).toFixed(0)} MB`)
    } finally {
      stop()
      await rm(place, { recursive: true, force: true })
    }
  }
} else {
  const [folder, ...command] = process.argv.slice(2)
  process.send(await measure(folder, command))
  process.disconnect()
}
