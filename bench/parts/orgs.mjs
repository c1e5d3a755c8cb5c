import { inFolder } from '../in-folder.mjs'
import { commandLine, median, runOnce } from '../measure.mjs'
import { startSimulator } from '../simulators.mjs'

/** A report over many organizations, a fifth of which fail, against the slowest of them by itself. */
export const orgs = ({ orgs: count, orgUsers: users, latency, runs }) =>
  inFolder(async (folder) => {
    const { organizations, stop } = await startSimulator('many', { count, users, latencyMs: latency })
    try {
      const report = async (some) => {
        await folder.write('seatlens.json', { providers: some.map(({ provider }) => provider) })
        return runOnce([commandLine, 'report', '--format', 'json'], { cwd: folder.path, keep: true, codes: [0, 4, 5] })
      }
      // The pauses between repeats are random, so that each of those that fail takes another time. The others are alike.
      const some = [...organizations.slice(0, 2), ...organizations.filter(({ fails }) => fails)]
      const alone = []
      for (const one of some) alone.push((await report([one])).wallMs)
      const slowest = Math.max(...alone)
      const all = []
      for (let run = 0; run < runs; run++) {
        const result = await report(organizations)
        all.push(result)
        const { providers } = JSON.parse(result.stdout)
        const wrong = organizations.filter(({ provider, fails, holders }) => {
          const { status, licensedUsers } = providers.find(({ id }) => id === provider.id)
          return fails ? status === 'complete' : licensedUsers.kind !== 'known' || licensedUsers.value !== holders
        })
        if (wrong.length > 0) throw new Error(`not as they are: ${wrong.map(({ provider }) => provider.id).join(', ')}`)
      }
      const [wall, busy, main, peak] = ['wallMs', 'busyMs', 'mainMs', 'peakMiB'].map((what) =>
        median(all.map((one) => one[what])),
      )
      const failing = organizations.filter(({ fails }) => fails).length
      return {
        medians: {
          all: { wallMs: wall, busyMs: busy, mainMs: main, peakMiB: peak },
        },
        rows: [
          {
            what: `report of ${count} organizations, ${failing} of them failing ÷ the slowest by itself: time`,
            ratio: wall / slowest,
            most: 1.2,
          },
          { what: `the same: peak memory`, mib: peak },
        ],
      }
    } finally {
      stop()
    }
  })
