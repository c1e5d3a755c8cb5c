import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type { StopSignal } from '../../src/cli/environment.ts'
import { registry } from '../../src/cli/registry.ts'
import { newFolder, run } from './support/run.ts'

/** A command that runs a piece of JavaScript. */
const node = (code: string, ...args: readonly string[]) => ({ command: [process.execPath, '-e', code, ...args] })

const webexWith = async (accessToken: (token: string) => unknown) => {
  const simulator = await startWebexSimulator({ users: 10 })
  onTestFinished(simulator.destroy)
  const { accessToken: token, ...others } = simulator.configuration
  return {
    token: String(token),
    provider: { id: 'webex', type: 'webex', ...others, accessToken: accessToken(String(token)) },
  }
}

const licenses = (folder: string, ...providers: readonly unknown[]) =>
  run(['licenses'], {
    registry,
    folder,
    configuration: { providers },
    variables: { ...process.env } as Record<string, string>,
  })

/** Of a configuration that is refused: its problem, without what all problems begin with. */
const problemOf = async (accessToken: unknown): Promise<string> => {
  const folder = await newFolder()
  const { code, stderr } = await licenses(folder, { id: 'webex', type: 'webex', accessToken })
  expect(code).toBe(2)
  return stderr.replace('seatlens.json: providers[0].accessToken: expected ', '')
}

describe('a secret of the configuration', () => {
  it('is the first line that a command prints', async () => {
    const { provider } = await webexWith((token) => node(`console.log(process.argv[1] + '\\nlogin: ada')`, token))
    expect(await licenses(await newFolder(), provider)).toMatchObject({ code: 0, stderr: '' })
  })

  it('is what is in a file beside the configuration, without the line break of an editor', async () => {
    const folder = await newFolder()
    const { token, provider } = await webexWith(() => ({ file: 'webex.secret' }))
    await writeFile(join(folder, 'webex.secret'), `${token}\r\n`)
    expect(await licenses(folder, provider)).toMatchObject({ code: 0, stderr: '' })
  })

  it('may be named by a variable of the environment', async () => {
    const folder = await newFolder()
    const { token, provider } = await webexWith(() => ({ file: `\${NAME_OF_SECRET}.secret` }))
    await writeFile(join(folder, 'webex.secret'), token)
    const variables = { NAME_OF_SECRET: 'webex' }
    const ran = await run(['licenses'], { registry, folder, configuration: { providers: [provider] }, variables })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
  })

  it('may be within a setting that has fields of its own', async () => {
    const simulator = await startGenesysSimulator({ users: 10 })
    onTestFinished(simulator.destroy)
    const { clientId, clientSecret } = simulator.configuration
    const billing = { source: 'trustee', clientId, clientSecret: node('process.exit(7)'), organizationId: 'a' }
    const { code, stderr } = await licenses(await newFolder(), {
      id: 'genesys',
      type: 'genesys',
      ...simulator.configuration,
      clientSecret: node('console.log(process.argv[1])', String(clientSecret)),
      billing,
    })
    expect(code).toBe(2)
    expect(stderr).toContain('providers[0].billing.clientSecret: expected the program')
    expect(stderr.match(/expected/g)).toHaveLength(1)
  })

  it('is asked for once, however many fields it is for', async () => {
    const folder = await newFolder()
    const one = await webexWith((token) =>
      node(`require('fs').appendFileSync('asked', 'x'); console.log(process.argv[1])`, token),
    )
    const other = { ...one.provider, id: 'other' }
    expect((await licenses(folder, one.provider, other)).code).toBe(0)
    expect(await readFile(join(folder, 'asked'), 'utf8')).toBe('x')
  })

  it('shows what its command says on stderr', async () => {
    const { provider } = await webexWith((token) =>
      node(`console.error('touch the key'); console.log(process.argv[1])`, token),
    )
    expect((await licenses(await newFolder(), provider)).stderr).toContain('touch the key\n')
  })

  it.each([
    ['fails', node(`console.log('hunter2'); process.exitCode = 3`), 'it ended with code 3'],
    ['prints nothing', node(''), 'no text'],
    ['prints an empty line first', node(`console.log('\\nhunter2')`), 'no text'],
    ['prints no text', node('process.stdout.write(Buffer.from([0xff, 0xfe, 0xfd]))'), 'no text'],
    [
      'prints without end',
      node(`setInterval(() => console.log('hunter2'.repeat(1000)), 0)`),
      'it printed more than 65536 bytes',
    ],
    ['is not there', { command: ['seatlens-no-such-program'] }, 'there is no such program'],
  ])('is not had of a command that %s', async (_, command, found) => {
    const problem = await problemOf(command)
    expect(problem).toMatch(/^the program "[^"]+" to print the secret in its first line, found /)
    expect(problem).toContain(`, found ${found}\n`)
    expect(problem).not.toContain('hunter2')
  })

  it('is not had of a file that is missing or empty', async () => {
    expect(await problemOf({ file: 'no.secret' })).toBe(
      'a secret in the file "no.secret", found there is no such file\n',
    )
    const folder = await newFolder()
    await writeFile(join(folder, 'empty.secret'), '\n')
    const { stderr } = await licenses(folder, { id: 'webex', type: 'webex', accessToken: { file: 'empty.secret' } })
    expect(stderr).toContain('expected a secret in the file "empty.secret", found no text\n')
  })

  it('has no line break in it, and the message does not show it', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'two.secret'), 'hunter2\nhunter3\n')
    const { code, stderr } = await licenses(folder, { id: 'webex', type: 'webex', accessToken: { file: 'two.secret' } })
    expect(code).toBe(2)
    expect(stderr).toContain('a value without the invisible character U+000A')
    expect(stderr).not.toContain('hunter')
  })

  it.each([
    [{}],
    [{ command: 'pass show webex' }],
    [{ command: [] }],
    [{ command: [''] }],
    [{ command: ['pass', 7] }],
    [{ file: '' }],
    [{ file: 'a', command: ['b'] }],
    [{ file: 'a', else: true }],
  ])('is refused as %j', async (accessToken) => {
    expect(await problemOf(accessToken)).toBe('a text, { "command": ["program", "argument"] }, or { "file": "name" }\n')
  })

  it('is told with everything else that is wrong', async () => {
    const { stderr } = await licenses(await newFolder(), {
      id: 'Webex',
      type: 'webex',
      accessToken: { file: 'no.secret' },
    })
    expect(stderr).toContain('providers[0].accessToken: expected a secret in the file')
    expect(stderr).toContain('providers[0].id: expected ')
  })

  it('cannot be given so where the field is no secret', async () => {
    const { code, stderr } = await licenses(await newFolder(), {
      id: 'webex',
      type: 'webex',
      accessToken: 'x',
      orgId: node(`require('fs').writeFileSync('ran', '')`),
    })
    expect(code).toBe(2)
    expect(stderr).toContain('providers[0].orgId: expected printable ASCII')
  })

  it.each([
    ['itself', 'setInterval(() => {}, 1000)'],
    [
      'with a child of its own that holds its output',
      `require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 30000)'], { stdio: 'inherit' })`,
    ],
  ])(
    'is no longer waited for where the run is interrupted, if the command waits %s',
    async (_, code) => {
      let interrupt: (signal?: StopSignal) => void = () => {}
      const configuration = {
        providers: [{ id: 'webex', type: 'webex', accessToken: node(`${code}; console.error('asking')`) }],
      }
      const ended = run(['licenses'], {
        registry,
        configuration,
        onStart: (stop) => {
          interrupt = stop
        },
        stderr: {
          take: async (text) => {
            if (text.includes('asking')) interrupt()
          },
        },
      })
      expect(await Promise.race([ended.then(({ code }) => code), delay(10_000, 'still waiting')])).toBe(130)
    },
    20_000,
  )
})
