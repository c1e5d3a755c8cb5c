import { execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { failure } from './support/acme.ts'
import { builtCommandLine, start } from './support/child.ts'
import { acmes, folderWith, newFolder, run } from './support/run.ts'
import { said } from './support/said.ts'

const REASON = 'the credentials were refused'

const folderWithConfiguration = async () => {
  const simulator = await startWebexSimulator({ users: 10 })
  onTestFinished(simulator.destroy)
  return folderWith({ id: 'webex', type: 'webex', ...simulator.configuration, accessToken: 'wrong' })
}

const bothFail = {
  one: { failure: failure('AuthenticationFailed', 'one') },
  two: { failure: failure('AuthenticationFailed', 'two') },
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

  it.skipIf(process.platform === 'win32')(
    'is counted on a terminal beside a pipe, whose reader shows the list',
    async () => {
      const folder = await newFolder()
      execFileSync('mkfifo', [join(folder, 'pipe')])
      const fd = openSync(join(folder, 'pipe'), 'r+')
      onTestFinished(() => closeSync(fd))
      const options = { configuration: acmes('one', 'two'), worlds: bothFail, stderr: { columns: 200 }, stdout: { fd } }
      const listed = await run(['report'], options)
      expect(listed.stderr).toBe('partial: the output lists 2 gaps\n')
      expect(listed.stdout).toContain('AuthenticationFailed it is')
      // Where the output does not list them, and where it goes into a file.
      const asJson = await run(['report', '--format', 'json'], options)
      const beside = await run(['report'], { ...options, stdout: {} })
      for (const told of [said(asJson.stderr), beside.stderr]) {
        expect(told.match(/AuthenticationFailed it is/g)).toHaveLength(2)
      }
    },
  )

  it('stands in either where they go to two', async () => {
    const { stdout, stderr } = await start(args, await folderWithConfiguration()).finished
    expect([stdout.match(problem), stderr.match(problem)].map((found) => found?.length)).toEqual([1, 1])
  })
})
