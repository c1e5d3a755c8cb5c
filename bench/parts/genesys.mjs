import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { inFolder } from '../in-folder.mjs'
import { commandLine, compare, program, runOnce } from '../measure.mjs'
import { startSimulator } from '../simulators.mjs'
import { counted } from './counted.mjs'

const client = join(import.meta.dirname, '..', 'node_modules', 'purecloud-platform-client-v2')

/** Genesys Cloud: all users with their people, against a bare loop, and against the vendor's own client. */
export const genesys = ({ users, latency, runs }) =>
  inFolder(async (folder) => {
    const { configuration, listed, stop } = await startSimulator('genesys', { users, latencyMs: latency })
    try {
      const text = JSON.stringify(configuration)
      await folder.write('seatlens.json', { providers: [{ id: 'genesys', ...configuration }] })
      const hasClient = existsSync(client)
      const medians = await compare(runs, {
        loop: () => counted(listed, [program('loop-genesys.mjs'), text]),
        joining: () => runOnce([program('joining-loop-genesys.mjs'), text, String(listed)]),
        library: () => counted(listed, [program('library.mjs'), 'genesys', text]),
        byFetch: () => counted(listed, [program('library.mjs'), 'genesys', text, 'fetch']),
        command: () => runOnce([commandLine, 'users', '--format', 'ndjson'], { cwd: folder.path }),
        ...(hasClient ? { client: () => counted(listed, [program('official-client.mjs'), text]) } : {}),
      })
      const { loop, joining, library, byFetch, command } = medians
      const of = (what) => `${what}, ${users} users at ${latency} ms`
      return {
        medians,
        rows: [
          { what: of('library ÷ bare loop: time'), ratio: library.wallMs / loop.wallMs, most: 1.1 },
          { what: of('library ÷ bare loop: processor time'), ratio: library.busyMs / loop.busyMs, most: 1.6 },
          { what: of('the same over the global fetch: time'), ratio: byFetch.wallMs / loop.wallMs },
          { what: of('the same over the global fetch: processor time'), ratio: byFetch.busyMs / loop.busyMs },
          { what: of('users --format ndjson ÷ bare loop: time'), ratio: command.wallMs / loop.wallMs, most: 1.1 },
          {
            what: of('users --format ndjson ÷ bare loop: processor time'),
            ratio: command.busyMs / loop.busyMs,
            most: 1.6,
          },
          {
            what: of('a loop that prints the same lines ÷ bare loop: processor time'),
            ratio: joining.busyMs / loop.busyMs,
          },
          hasClient
            ? {
                what: of("vendor's own client ÷ library: time"),
                ratio: medians.client.wallMs / library.wallMs,
                least: 6,
              }
            : { what: of("vendor's own client ÷ library: time"), missing: 'run npm ci in bench/', least: 6 },
        ],
      }
    } finally {
      stop()
    }
  })
