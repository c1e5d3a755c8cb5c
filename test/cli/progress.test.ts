import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { ProviderRuntime } from '../../src/provider-kit/index.ts'
import { timersThatGoByTurns, timersThatStandStill } from '../timers-that-stand-still.ts'
import { type AcmeWorld, failure } from './support/acme.ts'
import { ada } from './support/people.ts'
import { acmes, type CaptureOptions, run } from './support/run.ts'

describe('progress', () => {
  const hanging = { acme: { users: [{ items: [ada], total: 40_000 }], hangs: true } }

  /** Where nothing is shown, it is stopped once something would have been. */
  const slow = (stderr: CaptureOptions | undefined, variables = {}) =>
    timersThatGoByTurns()(
      run(['users', '--format', 'ndjson'], {
        worlds: hanging,
        onStart: (stop) => setTimeout(stop, 700),
        variables,
        ...(stderr === undefined ? {} : { stderr }),
      }),
    )

  /** A run that is stopped once its terminal has shown a text. */
  const until = (
    shown: string,
    args: readonly string[],
    worlds: Readonly<Record<string, AcmeWorld>>,
    configuration?: object,
  ) => {
    let stop = () => {}
    let all = ''
    return run(args, {
      worlds,
      ...(configuration === undefined ? {} : { configuration }),
      onStart: (interrupt) => {
        stop = () => interrupt()
      },
      stderr: {
        columns: 100,
        take: async (text) => {
          all += text
          if (!all.includes(shown)) return
          // Once: what a stop writes comes here too, and a second one leaves at once.
          const once = stop
          stop = () => {}
          once()
        },
      },
    })
  }

  it('is shown on a terminal when work lasts', async () => {
    const shown = 'acme users: 1 of 40,000'
    const { stdout, stderr } = await until(shown, ['users', '--format', 'ndjson'], hanging)
    expect(stderr).toContain(shown)
    expect(stdout).not.toContain('of 40,000')
  })

  it('says why it waits, also where nobody configured the pace', async () => {
    const shown = 'acme waits 5 s (pacing)'
    const { stderr } = await until(shown, ['users'], {
      acme: {
        hangs: true,
        onCreate: ({ onEvent }) =>
          onEvent?.({ type: 'wait', provider: 'acme', operation: 'GET /seats', reason: 'pace', ms: 4_200 }),
      },
    })
    expect(stderr).toContain(shown)
    expect(stderr).not.toContain('configured')
  })

  it('shows a pause of all requests until it is over, whatever answers come that were under way', async () => {
    const shown = 'acme waits 5 s (rate limit)'
    const request = { provider: 'acme', operation: 'GET /seats' }
    const { stderr } = await until(shown, ['users'], {
      acme: {
        hangs: true,
        onCreate: ({ onEvent }) => {
          onEvent?.({ ...request, type: 'wait', reason: 'rateLimit', ms: 4_200 })
          onEvent?.({
            ...request,
            type: 'attempt',
            id: '1',
            attempt: 1,
            startedAt: '2026-11-20T10:00:00.000Z',
            milliseconds: 20,
            status: 200,
            bytes: 2,
          })
        },
      },
    })
    expect(stderr).toContain(shown)
  })

  it('says how many users were found and how many pages there are, before the first user is delivered', async () => {
    const shown = 'acme users: 1,200 (0 requests, page 4 of 30)'
    let tell: ProviderRuntime['onEvent']
    const { stderr } = await until(shown, ['users'], {
      acme: {
        users: [],
        hangs: true,
        onCreate: ({ onEvent }) => {
          tell = onEvent
        },
        onHang: () => {
          const found = { list: '2', items: 1_200, pages: 4, expectedPages: 30 }
          tell?.({ type: 'progress', provider: 'acme', operation: 'listUsers', ...found })
        },
      },
    })
    expect(stderr).toContain(shown)
  })

  describe('of many providers', () => {
    const worlds = {
      one: {},
      two: { failure: failure('AuthenticationFailed', 'two') },
      three: { users: [{ items: [ada], gaps: [{ what: 'page 2', reason: 'it was cut' }] }] },
      four: { users: [{ items: [ada], total: 40_000 }], hangs: true },
    }
    const ofMany = acmes(...Object.keys(worlds))
    const lines = 'four users: 1 of 40,000'

    it('has a line for each that was read, above what is still read and how many there are', async () => {
      const { stdout, stderr } = await until(lines, ['report'], worlds, ofMany)
      expect(stderr).toMatch(/one {4}.{0,9}complete.{0,9} +\d\.\d s {2}1 user\n/)
      expect(stderr).toMatch(/two {4}.{0,9}failed {2}.{0,9} +\d\.\d s {2}AuthenticationFailed it is\n/)
      expect(stderr).toMatch(/three {2}.{0,9}partial .{0,9} +\d\.\d s {2}≥ 1 users\n/)
      expect(stderr).toContain('3 of 4 done, 1 failed, 1 running · four users: 1 of 40,000')
      expect(stdout).not.toContain(' running')
    })

    it.each([
      ['check', '--max-utilization', '90'],
      ['snapshot', '--output', 'kept'],
    ])('is the same for %s', async (...args) => {
      const { stderr } = await until(lines, args, worlds, ofMany)
      expect(stderr).toContain('3 of 4 done, 1 failed, 1 running')
    })

    it('cuts a line where the terminal ends', async () => {
      const long = { ...worlds.two, failure: { ...worlds.two.failure, message: 'long '.repeat(50) } }
      const { stderr } = await until(lines, ['report'], { ...worlds, two: long }, ofMany)
      const line = stderr.split('\n').find((text) => text.startsWith('two '))
      expect(stripVTControlCharacters(line ?? '')).toHaveLength(99)
    })
  })

  it('is one line for few providers', async () => {
    const { stderr } = await until(
      'two users: 1 of 40,000',
      ['report'],
      { one: {}, two: hanging.acme },
      acmes('one', 'two'),
    )
    expect(stderr).not.toContain(' done')
  })

  it('is not shown in a pipe', async () => {
    expect((await slow(undefined)).stderr).not.toContain('40,000')
  })

  it('is not shown where nobody watches', async () => {
    expect((await slow({ columns: 100 }, { CI: 'true' })).stderr).not.toContain('40,000')
  })

  it('is not shown when work is short', async () => {
    timersThatStandStill()
    expect((await run(['users'], { stderr: { columns: 100 } })).stderr).toBe('')
  })
})
