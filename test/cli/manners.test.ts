import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { failure } from './support/acme.ts'
import { worlds } from './support/people.ts'
import { acmes, run } from './support/run.ts'
import { messagesIn, said } from './support/said.ts'

let simulator: GenesysSimulator

beforeAll(async () => {
  simulator = await startGenesysSimulator({ users: 250, seed: 5 })
})

afterAll(() => simulator.destroy())

const genesys = (settings: object = {}) => ({
  configuration: { providers: [{ id: 'emea', type: 'genesys', ...simulator.configuration, ...settings }] },
  registry,
})

const partly = {
  configuration: acmes('acme', 'down'),
  worlds: { ...worlds, down: { failure: failure('AuthenticationFailed', 'down') } },
}

describe('--format json', () => {
  it.each([
    ['report', 'json'],
    ['check', 'json'],
    ['licenses', 'json'],
    ['licenses', 'ndjson'],
    ['users', 'json'],
    ['users', 'ndjson'],
  ])(
    'has a failure of a provider as an object on stderr, with all that is known of it: %s --format %s',
    async (...args) => {
      const [command, format] = args
      const options = command === 'check' ? ['--fail-on', 'any'] : []
      const { code, stderr } = await run([command, ...options, '--format', format], partly)
      const spoken = await run([command, ...options, '--format', 'csv'], partly)
      expect(code).toBe(5)
      expect(messagesIn(stderr)).toContainEqual({
        level: 'error',
        message: expect.stringContaining('AuthenticationFailed it is'),
        command: `seatlens ${command}`,
        provider: 'down',
        error: failure('AuthenticationFailed', 'down'),
      })
      // In the same words, and with the same exit code.
      expect({ code, text: said(stderr) }).toEqual({ code: spoken.code, text: spoken.stderr })
    },
  )

  it.each([
    [['report', '--format', 'json', '--ouput', 'x'], 'seatlens report', 'unknown option --ouput'],
    [['users', '--format=ndjson', '--license', ''], 'seatlens users', 'expected a value'],
    [['demo', 'check', '--format', 'json', '--fail-on', 'x'], 'seatlens demo check', '--fail-on: expected one of'],
    [['reprot', '--format', 'json'], 'seatlens', 'unknown command "reprot"'],
    [['report', '--format', 'json', '--provider', 'acne'], 'seatlens report', 'did you mean "acme"'],
    [['--config', 'none.json', 'licenses', '--format', 'json'], 'seatlens licenses', 'none.json: cannot read'],
  ])('has mistakes as objects too: %j', async (args, command, text) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(messagesIn(stderr)).toEqual([{ level: 'error', message: expect.stringContaining(text), command }])
  })

  it('has a mistake and the place of it as one object', async () => {
    const { stderr } = await run(['users', '--format', 'json', '--where', 'emial = x'])
    const excerpt = ['  emial = x', '  ^^^^^']
    const message = expect.stringMatching(/there is no column "emial" .*; see: seatlens users --help$/)
    expect(messagesIn(stderr)).toEqual([{ level: 'error', message, command: 'seatlens users', excerpt }])
    const { stderr: spoken } = await run(['users', '--where', 'emial = x'])
    expect(spoken.split('\n').slice(1)).toEqual([...excerpt, ''])
  })

  it('has what is unexpected as an object', async () => {
    const broken = { type: 'acme', load: () => Promise.reject(new Error('the disk melted')) }
    const { code, stderr } = await run(['licenses', '--format', 'json'], { registry: [broken] })
    expect({ code, said: said(stderr) }).toEqual({ code: 1, said: 'unexpected error: the disk melted\n' })
  })

  it('is in words where the format is another, whatever the name of the file', async () => {
    const { stderr } = await run(['licenses', '--format', 'csv'], partly)
    expect(stderr).toMatch(/^down: .*AuthenticationFailed it is/)
  })
})

describe('--quiet', () => {
  it('leaves out remarks, and no error', async () => {
    const nothing = { worlds: { acme: { licenses: [] } } }
    const [loud, quiet] = [await run(['licenses'], nothing), await run(['licenses', '--quiet'], nothing)]
    expect({ loud: loud.stderr, quiet: quiet.stderr }).toEqual({ loud: 'no licenses\n', quiet: '' })
    expect({ ...quiet, stderr: '', folder: '' }).toEqual({ ...loud, stderr: '', folder: '' })
    expect((await run(['licenses', '--quiet'], partly)).stderr).toContain('AuthenticationFailed it is')
    expect((await run(['--quiet', 'licenses', '--fromat', 'csv'])).stderr).toContain('unknown option --fromat')
  })

  it('shows no progress on a terminal', async () => {
    const { stderr } = await run(['users', '--quiet', '--format', 'csv'], { ...genesys(), stderr: { columns: 80 } })
    expect(stderr).toBe('')
  })

  it('cannot be had with --verbose', async () => {
    const { code, stderr } = await run(['report', '--quiet', '--verbose'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'seatlens: --quiet: expected without --verbose; see: seatlens --help\n',
    })
  })
})

describe('--verbose', () => {
  it.each(['licenses', 'doctor'])(
    'says each request of %s: provider, method and template, status, time, attempt',
    async (command) => {
      simulator.faults.add({
        match: { path: '/api/v2/license/definitions', times: 1 },
        effect: { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
      })
      const before = simulator.requests.count()
      const { code, stderr } = await run([command, '--verbose'], genesys())
      const lines = stderr.trimEnd().split('\n')
      expect({ code, lines: lines.length }).toEqual({ code: 0, lines: simulator.requests.count() - before })
      expect(stderr).toMatch(/^emea: POST \/oauth\/token: 200 \(\d+ ms\)$/m)
      expect(stderr).toMatch(/^emea: GET \/api\/v2\/license\/definitions: 429 \(\d+ ms\)$/m)
      expect(stderr).toMatch(/^emea: GET \/api\/v2\/license\/definitions: 200 \(\d+ ms, attempt 2\)$/m)
    },
  )

  it('is JSON where the result is', async () => {
    const { stderr } = await run(['users', '--verbose', '--format', 'ndjson'], genesys())
    expect(messagesIn(stderr)).toContainEqual({
      level: 'request',
      message: expect.stringContaining('emea: GET /api/v2/license/users: 200'),
      command: 'seatlens users',
      provider: 'emea',
      request: {
        operation: 'GET /api/v2/license/users',
        attempt: 1,
        milliseconds: expect.any(Number),
        status: 200,
      },
    })
  })

  it('has no secret, address or id of a user in it', async () => {
    const { stdout } = await run(['users', '--format', 'ndjson'], genesys())
    const [{ id, email }] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((user) => user.email !== undefined)
    const { code, stderr } = await run(['user', email, '--verbose'], genesys())
    expect({ code, lines: stderr.trimEnd().split('\n').length > 2 }).toEqual({ code: 0, lines: true })
    const { clientId, clientSecret } = simulator.configuration
    for (const secret of [id, email, email.split('@')[0], clientId, clientSecret]) expect(stderr).not.toContain(secret)
    expect(stderr).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
  })
})
