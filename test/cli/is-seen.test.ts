import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { builtCommandLine, start } from './support/child.ts'
import { folderWith } from './support/run.ts'

const REASON = 'the credentials were refused'

const folderWithConfiguration = async () => {
  const simulator = await startWebexSimulator({ users: 10 })
  onTestFinished(simulator.destroy)
  return folderWith({ id: 'webex', type: 'webex', ...simulator.configuration, accessToken: 'wrong' })
}

const args = ['report']
const problem = /^ *webex: .*GET \/v1\/licenses/gm

describe('why a report is not complete', () => {
  it('stands once where output and messages go to one place, as with 2>&1', async () => {
    const folder = await folderWithConfiguration()
    const file = openSync(join(folder, 'all.txt'), 'w')
    const child = spawn(process.execPath, [builtCommandLine(), ...args], {
      cwd: folder,
      env: {},
      stdio: ['ignore', file, file],
    })
    await new Promise((resolve) => child.on('close', resolve))
    closeSync(file)
    const text = await readFile(join(folder, 'all.txt'), 'utf8')
    expect(text).toContain(REASON)
    expect(text.match(problem)).toHaveLength(1)
  })

  it('stands in either where they go to two', async () => {
    const { stdout, stderr } = await start(args, await folderWithConfiguration()).finished
    expect([stdout.match(problem), stderr.match(problem)].map((found) => found?.length)).toEqual([1, 1])
  })
})
