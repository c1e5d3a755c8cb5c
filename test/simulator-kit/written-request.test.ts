import { describe, expect, it } from 'vitest'
import { createWriteScript, judgeRequest, type LicenseWrite, type WriteEffect } from '../../src/simulator-kit/index.ts'

const writes = (...userIds: string[]): readonly LicenseWrite[] =>
  userIds.map((userId) => ({ userId, licenseId: 'plain', action: 'assign' }))

/** Of a script that misbehaves with bob alone. */
const judged = (effect: WriteEffect, ...userIds: string[]) =>
  judgeRequest(createWriteScript([{ match: { userId: 'bob' }, effect }]), writes(...userIds))

const done = { kind: 'do', afterMs: 0, gives: [], takes: [] }

describe('a request that carries writes', () => {
  it.each([
    ['is refused in one write', { kind: 'refuse', message: 'no' }, { kind: 'refuse', message: 'no' }],
    ['is ignored in one write', { kind: 'ignore' }, { kind: 'ignore' }],
    ['lacks a seat for one write', { kind: 'seatsOut' }, { kind: 'seatsOut' }],
    ['is late in one write', { kind: 'late', afterMs: 30 }, { ...done, afterMs: 30 }],
    ['does more than one write says', { kind: 'implicit', takes: ['other'] }, { ...done, takes: ['other'] }],
  ] as const)('%s, and does the others', (_, effect, verdict) => {
    expect(judged(effect, 'ada', 'bob', 'cyd')).toEqual({ kind: 'take', verdicts: [done, verdict, done], fails: false })
  })

  it('is refused or throttled as a whole for one of its writes', () => {
    expect(judged({ kind: 'refuse', status: 403, code: 'no' }, 'ada', 'bob')).toMatchObject({
      kind: 'refuse',
      status: 403,
      code: 'no',
    })
    expect(judged({ kind: 'throttle' }, 'ada', 'bob')).toEqual({ kind: 'throttle', afterSeconds: 1 })
    expect(judged({ kind: 'throttle' }, 'ada')).toMatchObject({ kind: 'take' })
  })

  it('is half done, one write at the least, wherever in it the write is that half is said of', () => {
    const kinds = (...userIds: string[]) => {
      const verdict = judged({ kind: 'half' }, ...userIds)
      return verdict.kind === 'take' ? verdict.verdicts.map(({ kind }) => kind) : verdict.kind
    }
    expect(kinds('ada', 'cyd', 'bob')).toEqual(['do', 'do', 'leaveOut'])
    expect(kinds('bob', 'ada')).toEqual(['do', 'leaveOut'])
    expect(kinds('bob')).toEqual(['do'])
    expect(judged({ kind: 'half', answer: 'failed' }, 'bob', 'ada')).toMatchObject({ kind: 'take', fails: true })
  })

  it('is asked about once for each of its writes', () => {
    const script = createWriteScript([{ match: { skip: 1, times: 2 }, effect: { kind: 'ignore' } }])
    const { verdicts } = { verdicts: [], ...judgeRequest(script, writes('ada', 'bob', 'cyd', 'dan')) }
    expect(verdicts.map(({ kind }: { kind: string }) => kind)).toEqual(['do', 'ignore', 'ignore', 'do'])
  })
})
