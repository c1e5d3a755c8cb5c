import { describe, expect, it } from 'vitest'
import { registryOf, run } from './support/run.ts'

const FACTS = ['--purchased', '--consumed', '--activity', '--map', '--as-of']

describe('the command line', () => {
  it('suggests what is meant by a mistyped argument', async () => {
    expect(await run(['completion', 'bsh'])).toMatchObject({
      code: 2,
      stderr:
        'seatlens completion: <shell>: expected one of bash, zsh, fish, powershell, found "bsh" (did you mean "bash" or "zsh"?); see: seatlens completion --help\n',
    })
  })

  it.each([
    '',
    'report',
    'check',
    'licenses',
    'users',
    'user',
    'plan',
    'apply',
    'undo',
    'snapshot',
    'diff',
    'trend',
    'demo',
    'simulate',
    'schema',
    'completion',
    'config',
    'doctor',
    'init',
    'login',
  ])('has help that fits 80 columns: %s', async (command) => {
    const { stdout } = await run([...(command === '' ? [] : [command]), '--help'])
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it.each([
    [['--help']],
    [['report', '--help']],
    [['licenses', '--help']],
    [['users', '--help']],
    [['user', '--help']],
    [['demo', '--help']],
    [['simulate', '--help']],
    [['schema', '--help']],
    [['config', '--help']],
    [['doctor', '--help']],
  ])('%j has examples', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Examples:\n  seatlens ')
  })

  it.each([
    ['report', ['--config', '--deadline', '--explain', '--resume', '--stats', '--from', ...FACTS]],
    ['check', ['--config', '--deadline', '--explain', '--resume', '--stats', '--from', ...FACTS]],
    ['licenses', ['--config', '--deadline', '--explain', '--stats', '--from', ...FACTS]],
    ['users', ['--config', '--deadline', '--explain', '--resume', '--stats', '--from', ...FACTS]],
    ['user', ['--config', '--deadline', '--explain', '--stats', '--from', ...FACTS]],
    ['plan', ['--config', '--deadline', '--explain', '--stats', '--from', ...FACTS]],
    ['apply', ['--config', '--deadline', '--stats']],
    ['undo', ['--config', '--deadline', '--stats']],
    ['snapshot', ['--config', '--deadline', '--explain', '--resume', '--stats', ...FACTS]],
    ['diff', []],
    ['trend', []],
    ['demo', ['--deadline']],
    ['simulate', ['--config']],
    ['schema', ['--config']],
    ['config', ['--config']],
    ['doctor', ['--config', '--deadline']],
    ['login', ['--config', '--deadline']],
    ['orgs', ['--config', '--deadline']],
  ])('the help of %s lists the global options that mean something to it, and no others', async (command, listed) => {
    const { stdout } = await run([command, '--help'])
    const [, section = ''] = stdout.split('Global Options:\n')
    const options = [...section.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option)
    // Both can be given to every command that sends requests, the first one to all others too.
    const manners = listed.includes('--deadline') ? ['--quiet', '--verbose'] : ['--quiet']
    expect(options).toEqual(['--version', ...manners, ...listed])
  })

  it.each([
    [['report', '--output', ''], '--output'],
    [['snapshot', '--output='], '--output'],
    [['--config', '', 'report'], '--config'],
    [['report', '--from', ''], '--from'],
    [['users', '--license', ''], '--license'],
    [['plan', '--user', 'a@x', '--user', '', '--assign', 'b'], '--user'],
    [['diff', '', 'b'], '<before>'],
    [['apply', ''], '<plan>'],
    [['trend', ''], '<folder>'],
    [['user', ''], '<person>'],
  ])('%j is answered by one line, as an empty text comes of a variable that is not set', async (args, name) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    const [, command, told, helpOf] = /^seatlens (\w+): (.*); see: seatlens (\w+) --help\n$/.exec(stderr) ?? []
    expect(told).toBe(`${name}: expected a value, found ""; a variable in the command line may not be set`)
    expect(args).toContain(command)
    expect(helpOf).toBe(command)
  })

  const secret = 'x-iI2vPNrwPZ_yJ6lHKgwOTE5LqZ3n5tKfYKM8Mwt0g'

  it.each([
    [['--sort'], 'seatlens: unknown option --sort; see: seatlens --help'],
    [['report', '--sort'], 'seatlens report: --sort: expected a value: --sort <names>; see: seatlens report --help'],
    [['report', '--ouput', 'x'], 'seatlens report: unknown option --ouput (did you mean "--output"?); see: '],
    [['report', '--confg=x'], 'seatlens report: unknown option --confg (did you mean "--config"?); see: '],
    [[`--client-secret=${secret}`], 'seatlens: unknown option --client-secret; see: seatlens --help'],
    [['reprot'], 'seatlens: unknown command "reprot" (did you mean "report"?); see: seatlens --help'],
    [[secret], 'seatlens: unknown command a text of 43 characters; see: seatlens --help'],
    [['help', 'rules'], 'seatlens help: expected one of report, check, '],
    [['help', 'reprot'], ', found "reprot" (did you mean "report"?)'],
    [
      ['report', 'webex'],
      'seatlens report: expected no argument, found 1; a value with spaces needs quotes; see: seatlens report --help',
    ],
    [
      ['user', 'a', 'b'],
      'seatlens user: expected 1 argument, found 2; a value with spaces needs quotes; see: seatlens user --help',
    ],
    [['undo'], 'seatlens undo: expected <journal>; see: seatlens undo --help'],
    [['snapshot'], 'seatlens snapshot: expected --output <folder>; see: seatlens snapshot --help'],
    [['report', '--config'], '--config: expected a value: --config <file>; see: '],
    [
      ['report', '--by', 'users'],
      '--by: expected one of license, user, assignment, purchase, finding, organization, found "users" (did you mean "user"?)',
    ],
    [
      ['report', '--by', secret],
      '--by: expected one of license, user, assignment, purchase, finding, organization, found a text of 43 characters; see: ',
    ],
    [['report', '--deadline', '0'], '--deadline: expected a whole number from 1 to 86400, found "0"; see: '],
    [['check', '--fail-on', 'over-asigned'], 'found "over-asigned" (did you mean "over-assigned"?)'],
  ])('%j is a mistake that is told in one line: what, where, what to do, and no secret', async (args, told) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringContaining(told) })
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).not.toContain(secret)
  })

  it('shows the help of a command, or of all of them', async () => {
    const [all, one] = [await run(['help']), await run(['help', 'user'])]
    expect(all).toEqual({ ...(await run(['--help'])), folder: all.folder })
    expect(one).toEqual({ ...(await run(['user', '--help'])), folder: one.folder })
  })

  it.each([
    [['apply', 'plan.json']],
    [['undo', 'plan.json.journal']],
    [['snapshot', '--output', 'kept']],
    [['diff', 'one', 'other']],
    [['trend', 'kept']],
    [['demo']],
    [['simulate']],
    [['schema']],
  ])('%j refuses the --from that its help does not list', async (args) => {
    const { code, stdout, stderr } = await run([...args, '--from', 'kept'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    const told = `--from: expected with report, licenses, users, user, check, plan, query, export, and not with ${args[0]}`
    expect(stderr).toBe(`seatlens ${args[0]}: ${told}; see: seatlens ${args[0]} --help\n`)
  })

  it('lets options that mean nothing to a command do no harm there, and says so', async () => {
    const { code, stderr } = await run(['trend', 'none', '--config', 'none.json', '--deadline', '1'])
    expect({ code, lines: stderr.split('\n') }).toEqual({
      code: 2,
      lines: [
        '--config: not used by trend',
        '--deadline: not used by trend',
        'none: expected a folder of snapshots: there is no such folder',
        '',
      ],
    })
  })

  it('tells its version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  it.each([[[]], [['demo', '--users', '9']], [['simulate', '--seed', 'x']]])('%j is wrong usage', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).not.toBe('')
  })

  it('tells of something unexpected in one line, with the stack only for those who debug', async () => {
    const registry = registryOf()
    const broken = { type: 'acme', load: () => Promise.reject(new Error('the disk melted')) }
    const plain = await run(['licenses'], { registry: [...registry, broken] })
    const debugged = await run(['licenses'], { registry: [broken], variables: { SEATLENS_DEBUG: '1' } })
    expect(plain).toMatchObject({ code: 1, stdout: '', stderr: 'unexpected error: the disk melted\n' })
    expect(debugged.stderr).toMatch(/^unexpected error: the disk melted\nError: the disk melted\n {4}at /)
  })
})
