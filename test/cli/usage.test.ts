import { describe, expect, it } from 'vitest'
import { registryOf, run } from './support/run.ts'

describe('the command line', () => {
  it.each([
    [['--help']],
    [['report', '--help']],
    [['licenses', '--help']],
    [['users', '--help']],
    [['user', '--help']],
    [['demo', '--help']],
    [['simulate', '--help']],
  ])('%j has examples', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Examples:\n  seatlens ')
  })

  it.each([
    ['report', ['--config', '--deadline', '--from']],
    ['check', ['--config', '--deadline', '--from']],
    ['licenses', ['--config', '--deadline', '--from']],
    ['users', ['--config', '--deadline', '--from']],
    ['user', ['--config', '--deadline', '--from']],
    ['plan', ['--config', '--deadline', '--from']],
    ['apply', ['--config', '--deadline']],
    ['undo', ['--config', '--deadline']],
    ['snapshot', ['--config', '--deadline']],
    ['diff', []],
    ['trend', []],
    ['demo', ['--deadline']],
    ['simulate', []],
  ])('the help of %s lists the global options that mean something to it, and no others', async (command, listed) => {
    const { stdout } = await run([command, '--help'])
    const [, section = ''] = stdout.split('Global Options:\n')
    const options = [...section.matchAll(/^ {2}(?:-\w, )?(--[a-z]+)/gm)].map(([, option]) => option)
    expect(options).toEqual(['--version', ...listed])
  })

  it.each([
    [['apply', 'plan.json']],
    [['undo', 'plan.json.journal']],
    [['snapshot', '--output', 'kept']],
    [['diff', 'one', 'other']],
    [['trend', 'kept']],
    [['demo']],
    [['simulate']],
  ])('%j refuses the --from that its help does not list', async (args) => {
    const { code, stdout, stderr } = await run([...args, '--from', 'kept'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(`--from: expected with report, licenses, users, user, check, plan, and not with ${args[0]}\n`)
  })

  it('lets options that mean nothing to a command do no harm there', async () => {
    const { code, stderr } = await run(['trend', 'none', '--config', 'none.json', '--deadline', '1'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'none: expected a folder of snapshots: there is no such folder\n',
    })
  })

  it('tells its version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  it.each([
    [[]],
    [['reports']],
    [['report', '--format', 'pdf']],
    [['report', '--colour']],
    [['report', 'extra']],
    [['user']],
    [['demo', '--users', '9']],
    [['simulate', '--seed', 'x']],
  ])('%j is wrong usage', async (args) => {
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
