import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inFolder } from '../in-folder.mjs'
import { commandLine, runOnce } from '../measure.mjs'
import { startSimulator } from '../simulators.mjs'

const MILLION = 1_000_000

/** What is measured, and the most MiB that it may take for a million users. */
const commands = [
  { args: ['users', '--format', 'ndjson'], most: 500 },
  { args: ['report', '--format', 'json'], most: 800 },
  { args: ['snapshot', '--output', 'snapshot'], most: 1_000 },
]

/** The most memory that commands have at any time, for organizations of several sizes. One run each: garbage differs little. */
export const memory = ({ sizes }) =>
  inFolder(async (folder) => {
    const rows = []
    const medians = {}
    for (const [vendor, kind] of [
      ['genesys', 'genesys'],
      ['webex', 'seededWebex'],
    ]) {
      for (const users of sizes) {
        const { configuration, stop } = await startSimulator(kind, { users, latencyMs: 0 })
        try {
          await folder.write('seatlens.json', { providers: [{ id: vendor, ...configuration }] })
          for (const { args, most } of commands) {
            // Seeded organizations have people with oddities: what cannot be told of them makes a report incomplete.
            const result = await runOnce([commandLine, ...args], { cwd: folder.path, codes: [0, 5] })
            await rm(join(folder.path, 'snapshot'), { recursive: true, force: true })
            medians[`${vendor} ${args[0]} ${users}`] = result
            process.stderr.write(`  ${vendor} ${args[0]} ${users}: ${result.peakMiB.toFixed(0)} MiB\n`)
            rows.push({
              what: `${vendor}: peak memory of ${args.join(' ')}, ${users} users`,
              mib: result.peakMiB,
              ...(users === MILLION ? { most } : {}),
            })
          }
        } finally {
          stop()
        }
      }
    }
    return { medians, rows }
  })
