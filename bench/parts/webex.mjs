import { inFolder } from '../in-folder.mjs'
import { commandLine, compare, program, runOnce } from '../measure.mjs'
import { startSimulator } from '../simulators.mjs'
import { counted } from './counted.mjs'

/** Webex: all people, the holders of twenty licenses, and both of them joined, each against a bare loop over the same lists. */
export const webex = ({ users, latency, runs }) =>
  inFolder(async (folder) => {
    const { configuration, stop } = await startSimulator('webex', { users, latencyMs: latency })
    const medians = {}
    const rows = []
    try {
      for (const userSource of ['both', 'licenses', 'people']) {
        const routed = { ...configuration, userSource }
        await folder.write('seatlens.json', { providers: [{ id: 'webex', ...routed }] })
        const { loop, library, command } = await compare(runs, {
          loop: () => counted(users, [program('loop-webex.mjs'), JSON.stringify(configuration), userSource]),
          library: () => counted(users, [program('library.mjs'), 'webex', JSON.stringify(routed)]),
          command: () => runOnce([commandLine, 'users', '--format', 'ndjson'], { cwd: folder.path }),
        })
        Object.assign(medians, {
          [`${userSource}, loop`]: loop,
          [`${userSource}, library`]: library,
          [`${userSource}, command`]: command,
        })
        const of = (what) => `${userSource}: ${what}, ${users} users at ${latency} ms`
        rows.push(
          { what: of('library ÷ bare loop: time'), ratio: library.wallMs / loop.wallMs, most: 1.1 },
          { what: of('library ÷ bare loop: processor time'), ratio: library.busyMs / loop.busyMs, most: 1.6 },
          { what: of('users --format ndjson ÷ bare loop: time'), ratio: command.wallMs / loop.wallMs, most: 1.1 },
          {
            what: of('users --format ndjson ÷ bare loop: processor time'),
            ratio: command.busyMs / loop.busyMs,
            most: 1.6,
          },
        )
      }
      return { medians, rows }
    } finally {
      stop()
    }
  })
