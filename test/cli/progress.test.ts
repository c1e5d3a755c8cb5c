import { describe, expect, it } from 'vitest'
import { ada } from './support/people.ts'
import { type CaptureOptions, run } from './support/run.ts'

describe('progress', () => {
  const slow = (stderr: CaptureOptions | undefined, variables = {}) =>
    run(['users', '--format', 'ndjson'], {
      worlds: { acme: { users: [{ items: [ada], total: 40_000 }], hangs: true } },
      onStart: (stop) => setTimeout(stop, 700),
      variables,
      ...(stderr === undefined ? {} : { stderr }),
    })

  it('is shown on a terminal when work lasts', async () => {
    const { stdout, stderr } = await slow({ columns: 100 })
    expect(stderr).toContain('acme users: 1 of 40,000')
    expect(stdout).not.toContain('of 40,000')
  })

  it('says why it waits, also where nobody configured the pace', async () => {
    const { stderr } = await run(['users'], {
      worlds: {
        acme: {
          hangs: true,
          onCreate: ({ onEvent }) =>
            onEvent?.({ type: 'wait', provider: 'acme', operation: 'GET /seats', reason: 'pace', ms: 4_200 }),
        },
      },
      onStart: (stop) => setTimeout(stop, 1_200),
      stderr: { columns: 100 },
    })
    expect(stderr).toContain('acme waits 5 s (pacing)')
    expect(stderr).not.toContain('configured')
  })

  it('is not shown in a pipe', async () => {
    expect((await slow(undefined)).stderr).not.toContain('40,000')
  })

  it('is not shown where nobody watches', async () => {
    expect((await slow({ columns: 100 }, { CI: 'true' })).stderr).not.toContain('40,000')
  })

  it('is not shown when work is short', async () => {
    expect((await run(['users'], { stderr: { columns: 100 } })).stderr).toBe('')
  })
})
