import { describe, expect, it } from 'vitest'
import { createWriteScript, type LicenseWrite } from '../../src/simulator-kit/index.ts'

const write = (userId: string, licenseId = 'plain', action: LicenseWrite['action'] = 'assign'): LicenseWrite => ({
  userId,
  licenseId,
  action,
})

const ignore = { kind: 'ignore' } as const
const refuse = { kind: 'refuse', code: 'no.seats', message: 'there are no seats left' } as const

describe('a write script', () => {
  it('leaves writes alone that nothing fits', () => {
    expect(createWriteScript().meet(write('ada'))).toBeUndefined()
    expect(createWriteScript([{ match: { userId: 'bob' }, effect: ignore }]).meet(write('ada'))).toBeUndefined()
  })

  it('strikes every write where it does not say which', () => {
    const script = createWriteScript([{ effect: ignore }])
    expect([write('ada'), write('bob', 'other', 'remove')].map(script.meet)).toEqual([ignore, ignore])
  })

  it.each([
    ['user', { userId: 'ada' }],
    ['license', { licenseId: 'plain' }],
    ['action', { action: 'assign' as const }],
  ])('strikes by %s', (_, match) => {
    const { meet } = createWriteScript([{ match, effect: refuse }])
    expect(meet(write('ada'))).toEqual(refuse)
    expect(meet(write('bob', 'other', 'remove'))).toBeUndefined()
  })

  it('lets as many pass as it says, and strikes as many', () => {
    const { meet } = createWriteScript([{ match: { userId: 'ada', skip: 1, times: 2 }, effect: ignore }])
    const effects = [write('ada'), write('bob'), write('ada'), write('ada'), write('ada')].map(meet)
    expect(effects).toEqual([undefined, undefined, ignore, ignore, undefined])
  })

  it('gives a write to the first that strikes it', () => {
    const { meet } = createWriteScript([{ match: { times: 1 }, effect: refuse }, { effect: ignore }])
    expect([write('ada'), write('ada')].map(meet)).toEqual([refuse, ignore])
  })

  it('can be changed while it runs, and tells how often it struck', () => {
    const { add, active, clear, meet } = createWriteScript()
    const refused = add({ match: { userId: 'ada' }, effect: refuse })
    const ignored = add({ effect: ignore })
    meet(write('ada'))
    meet(write('bob'))
    meet(write('bob'))
    expect([refused.strikes(), ignored.strikes()]).toEqual([1, 2])
    refused.remove()
    refused.remove()
    expect(active()).toEqual([ignored])
    expect(meet(write('ada'))).toEqual(ignore)
    clear()
    expect(meet(write('ada'))).toBeUndefined()
  })
})
