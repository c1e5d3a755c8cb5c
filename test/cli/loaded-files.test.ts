import { execFile, spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { builtCommandLine } from './support/child.ts'
import { newFolder } from './support/run.ts'

/** Prints the address of each module that is loaded. */
const LOADED = `data:text/javascript,${encodeURIComponent(`import { register } from 'node:module'
  register('data:text/javascript,' + encodeURIComponent(\`import { writeSync } from 'node:fs'
    export const load = (url, context, next) => { writeSync(1, url + '\\\\n'); return next(url, context) }\`))`)}`

/** Prints what Node has loaded of itself, at the end. */
const LOADED_OF_NODE = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => console.error(process.moduleLoadList.join('\\n')))",
)}`

/** The files that a command loads, packages and all. */
const loadedBy = (...args: readonly string[]): readonly string[] => {
  const { stdout } = spawnSync(process.execPath, ['--import', LOADED, builtCommandLine(), ...args], {
    encoding: 'utf8',
    // Not where a configuration may be, and without what one could be made of.
    cwd: import.meta.dirname,
    env: {},
  })
  return [...new Set(stdout.split('\n').filter((line) => line.startsWith('file:')))]
}

describe('a command', () => {
  // Each file takes up to a millisecond, however small: 440 of them made a mistake take half a second.
  it.each([
    ['help', ['--help'], 20, /./],
    ['what the Tab key asks', ['__complete', '--word=', 'report', '--format'], 25, /complete/],
    [
      'what it asks of a configuration',
      ['__complete', '--word=', '--config', 'none', 'report', '--provider'],
      60,
      /names/,
    ],
    [
      'a plan for which nothing is configured',
      ['plan', '--assign', 'x', '--user', 'ada@example.com'],
      100,
      /ky|provider-kit/,
    ],
    ['users of which nothing is configured', ['users'], 100, /ky|provider-kit/],
  ])('loads few files: %s', (_, args, most, some) => {
    const files = loadedBy(...args)
    expect(files.filter((file) => some.test(file))).not.toEqual([])
    expect(files.length, files.join('\n')).toBeLessThanOrEqual(most)
  })

  // Each of them takes 40 to 60 ms to load.
  it('that lists users as JSON loads neither what measures characters nor what makes changes, and not Node’s fetch', async () => {
    const simulator = await startWebexSimulator({ users: 20 })
    const cwd = await newFolder()
    await writeFile(
      join(cwd, 'seatlens.json'),
      JSON.stringify({ providers: [{ id: 'webex', type: 'webex', ...simulator.configuration }] }),
    )
    const args = ['--import', LOADED, '--import', LOADED_OF_NODE, builtCommandLine(), 'users', '--format', 'ndjson']
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd, env: {} })
      expect(stdout).toContain('"licenseIds"')
      expect(stdout.split('\n').filter((line) => /^file:.*\/(string-width|ky|undici)\//.test(line))).toEqual([])
      expect(stderr).toContain('NativeModule http')
      expect(stderr).not.toContain('undici')
    } finally {
      await simulator.destroy()
    }
  })
})
