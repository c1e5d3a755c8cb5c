import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startGenesysSimulator } from '../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../providers/webex/simulator/index.ts'

const USERS = 20_000

/** Of a user that has passed, only the id stays, so that a repeated row can be told. */
const ID_BYTES = 250

describe('the memory of a list', () => {
  it('does not grow with what has been read, but for the ids', async () => {
    const genesys = await startGenesysSimulator({ users: USERS })
    const webex = await startWebexSimulator({ users: USERS })
    const program = spawn(process.execPath, ['--expose-gc', join(import.meta.dirname, 'memory', 'retained.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        GENESYS: JSON.stringify(genesys.configuration),
        WEBEX: JSON.stringify(webex.configuration),
      },
    })
    let output = ''
    program.stdout.on('data', (chunk) => {
      output += chunk
    })
    await once(program, 'close')
    await Promise.all([genesys.stop(), webex.stop()])

    const figures: Record<string, { streamed: number; kept: number }> = JSON.parse(output)
    for (const { streamed, kept } of Object.values(figures)) {
      expect(streamed).toBeLessThan(ID_BYTES)
      expect(streamed).toBeLessThan(kept / 2)
    }
    expect(Object.keys(figures)).toEqual(['genesys', 'webex'])
  }, 60_000)
})
