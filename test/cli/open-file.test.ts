import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openFile } from '../../src/cli/output/open-file.ts'
import { timersThatStandStill, untilSo } from '../timers-that-stand-still.ts'

describe('opening a file', () => {
  let folder: string
  let pass: ReturnType<typeof timersThatStandStill>

  beforeEach(() => {
    // However long a machine takes to start a command, it is not taken for one that goes on.
    pass = timersThatStandStill()
    folder = mkdtempSync(join(tmpdir(), 'seatlens-open-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  /** A command of the system that writes down what it is asked for. */
  const command = (name: string, ending: string) => {
    const path = join(folder, name)
    writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/asked'\n${ending}\n`)
    chmodSync(path, 0o755)
  }
  const asked = () => readFileSync(join(folder, 'asked'), 'utf8').trimEnd().split('\n')
  const variables = () => ({ PATH: [folder, process.env.PATH].join(delimiter) })

  it.each([
    ['linux', 'xdg-open', []],
    ['darwin', 'open', []],
    ['win32', 'rundll32', ['url.dll,FileProtocolHandler']],
  ] as const)('on %s asks %s', async (platform, name, before) => {
    command(name, 'exit 0')
    await openFile('/tmp/report.html', variables(), platform)
    expect(asked()).toEqual([...before, '/tmp/report.html'])
  })

  it('takes no part of the path for a command', async () => {
    command('xdg-open', 'exit 0')
    const path = `/tmp/a b"; touch ${folder}/broken; $(touch ${folder}/broken) &.html`
    await openFile(path, variables(), 'linux')
    expect(asked()).toEqual([path])
    expect(() => readFileSync(join(folder, 'broken'))).toThrow()
  })

  it('tells when the command could not', async () => {
    command('xdg-open', 'exit 3')
    await expect(openFile('/tmp/report.html', variables(), 'linux')).rejects.toThrow('xdg-open ended with code 3')
  })

  it('tells when there is no such command', async () => {
    await expect(openFile('/tmp/report.html', { PATH: folder }, 'linux')).rejects.toThrow(
      /xdg-open could not be started: .*ENOENT/,
    )
  })

  it('does not wait for the browser', async () => {
    command('xdg-open', `while [ -e '${folder}' ]; do sleep 0.1; done`)
    const opened = openFile('/tmp/report.html', variables(), 'linux')
    await untilSo(() => existsSync(join(folder, 'asked')) && asked().join() === '/tmp/report.html')
    await pass(2_000)
    await opened
  })
})
