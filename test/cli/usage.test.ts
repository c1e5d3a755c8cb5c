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
