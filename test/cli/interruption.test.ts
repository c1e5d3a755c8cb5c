import { describe, expect, it } from 'vitest'
import type { StopSignal } from '../../src/cli/environment.ts'
import { ada, bob } from './support/people.ts'
import { run } from './support/run.ts'
import { said } from './support/said.ts'

describe('interruption', () => {
  const interruptible = (args: readonly string[], times = 1, signal?: StopSignal) => {
    let interrupt = () => {}
    return run(args, {
      worlds: {
        acme: {
          users: [{ items: [ada] }, { items: [bob] }],
          hangs: true,
          onHang: () => interrupt(),
        },
      },
      onStart: (stop) => {
        interrupt = () => {
          for (let time = 0; time < times; time++) stop(signal)
        }
      },
    })
  }

  it('prints what was read as a whole document and exits with 130', async () => {
    const { code, stdout, stderr, exits } = await interruptible(['users', '--format', 'json'])
    expect({ code, exits }).toEqual({ code: 130, exits: [] })
    expect(JSON.parse(stdout)).toHaveLength(2)
    expect(said(stderr)).toContain('interrupted')
  })

  it('prints a report that says that it is partial', async () => {
    const { code, stdout } = await interruptible(['report', '--format', 'json'])
    expect(code).toBe(130)
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, providers: [{ status: 'partial' }] })
  })

  it('leaves at once the second time', async () => {
    expect((await interruptible(['users'], 2)).exits).toEqual([130])
  })

  it('by Ctrl-Break, as Windows has it, leaves at once the second time too; a supervisor may ask twice', async () => {
    expect(await interruptible(['users'], 2, 'SIGBREAK')).toMatchObject({ code: 130, exits: [130] })
    expect(await interruptible(['users'], 2, 'SIGTERM')).toMatchObject({ code: 130, exits: [] })
  })
})
