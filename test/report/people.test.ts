import { describe, expect, test } from 'vitest'
import { createLicenseReport, known, type Ledger, type LicenseProvider, personMapping } from '../../src/index.ts'
import { failure, license, nameless, organization, user } from './reported-organization.ts'

const peopleOf = async (...providers: readonly LicenseProvider[]) => (await createLicenseReport()(providers)()).people

const unreadable: Ledger = {
  pages: 0,
  items: 0,
  repeated: 0,
  undecodable: 0,
  gaps: [{ what: 'the rest of the list', reason: 'refused' }],
  omits: [],
  verdict: 'partial',
}

describe('the people of a license report', () => {
  test('are each counted once, however many providers know them', async () => {
    const people = await peopleOf(
      organization('one', { users: [user('ann', ['a']), user('bob', ['a'])] }),
      organization('two', { users: [user('ann', ['b']), user('carl', ['b'])] }),
      organization('three', { users: [user('ann', ['c'])] }),
    )
    expect(people).toEqual({
      total: known(3),
      inSeveralProviders: known(1),
      withoutEmail: known(0),
      external: known(0),
    })
  })

  test('are matched by e-mail address without regard to case', async () => {
    const people = await peopleOf(
      organization('one', { users: [user('1', ['a'], { email: 'Ann@Example.com' })] }),
      organization('two', { users: [user('2', ['b'], { email: 'ANN@example.COM' })] }),
    )
    expect(people).toMatchObject({ total: known(1), inSeveralProviders: known(1) })
  })

  test('are who a mapping says they are, in the summary as in the overlaps', async () => {
    const providers = [
      organization('one', { users: [nameless('1', ['a']), user('bob', ['a'])] }),
      organization('two', { users: [user('2', ['b'], { email: 'ann@x.com' }), user('bob', ['b'])] }),
    ]
    const mapping = personMapping([
      { person: 'ann', provider: 'one', user: '1' },
      { person: 'ann', provider: 'two', user: 'ANN@x.com' },
    ])
    const { people, overlaps, users } = await createLicenseReport({ detail: true, mapping })(providers)()
    expect(people).toMatchObject({ total: known(2), inSeveralProviders: known(2), withoutEmail: known(0) })
    expect(overlaps).toMatchObject([{ people: known(2) }])
    expect(new Set(users?.map(({ person }) => person)).size).toBe(2)
  })

  test('are told of a mapping that nobody has a use for', async () => {
    const providers = [
      organization('one', { users: [user('ann', ['a'])] }),
      organization('broken', { onRequest: () => failure('broken') }),
    ]
    const mapping = personMapping([
      { person: 'ann', provider: 'one', user: 'Ann@example.com' },
      { person: 'bob', provider: 'one', user: 'bobb@example.com' },
      { person: 'bob', provider: 'onne', user: 'bob@example.com' },
      { person: 'bob', provider: 'broken', user: 'bob@example.com' },
    ])
    const { idleMappings } = await createLicenseReport({ detail: true, mapping })(providers)()
    expect(idleMappings).toEqual([
      { person: 'bob', provider: 'one', user: 'bobb@example.com', why: 'no such user' },
      { person: 'bob', provider: 'onne', user: 'bob@example.com', why: 'no such provider' },
    ])
  })

  test('are not in several providers for having two accounts in one', async () => {
    const people = await peopleOf(
      organization('one', {
        users: [user('1', ['a'], { email: 'ann@x.com' }), user('2', ['a'], { email: 'ann@x.com' })],
      }),
    )
    expect(people).toMatchObject({ total: known(1), inSeveralProviders: known(0) })
  })

  test('hold at least one license', async () => {
    const people = await peopleOf(
      organization('one', { users: [user('ann', ['a']), user('bob', [])] }),
      organization('two', { users: [user('ann', []), user('carl', [], { kind: 'external' })] }),
    )
    expect(people).toMatchObject({ total: known(1), inSeveralProviders: known(0), external: known(0) })
  })

  test('without an address, or with a blank one, are matched with nobody and counted each', async () => {
    const people = await peopleOf(
      organization('one', { users: [nameless('1', ['a']), user('2', ['a'], { email: '' })] }),
      organization('two', { users: [nameless('1', ['b']), user('3', ['b'], { email: ' ' })] }),
    )
    expect(people).toMatchObject({ total: known(4), inSeveralProviders: known(0), withoutEmail: known(4) })
  })

  test('are external who are in any provider, each once', async () => {
    const people = await peopleOf(
      organization('one', { users: [user('ann', ['a'], { kind: 'external' }), user('bob', ['a'])] }),
      organization('two', { users: [user('ann', ['b']), { ...nameless('x', ['b']), kind: 'external' }] }),
    )
    expect(people.external).toEqual(known(2))
  })

  test('of whom the vendor does not say whether they are external make that number unknown', async () => {
    const people = await peopleOf(
      organization('one', {
        users: [user('ann', ['a'], { kind: 'external' }), user('bob', ['a'], { kind: 'unknown' })],
      }),
    )
    expect(people.external).toMatchObject({
      kind: 'unknown',
      atLeast: 1,
      reason: expect.stringContaining('one: 1 user'),
    })
    expect(people.total).toEqual(known(2))
  })

  test('of a provider that failed are unknown, with those of the others as what there is at least', async () => {
    const people = await peopleOf(
      organization('one', { users: [user('ann', ['a'])] }),
      organization('down', { onRequest: () => failure('down') }),
    )
    expect(people.total).toMatchObject({ kind: 'unknown', atLeast: 1, reason: expect.stringContaining('down: ') })
    expect(people.inSeveralProviders).toEqual({ kind: 'unknown', reason: expect.stringContaining('down: ') })
    expect([people.withoutEmail.kind, people.external.kind]).toEqual(['unknown', 'unknown'])
  })

  test('of a directory that could not be read are counted, but not as different from those of other providers', async () => {
    const people = await peopleOf(
      organization('genesys', { users: ['1', '2', '3'].map((id) => nameless(id, ['a'])), directory: unreadable }),
      organization('webex', { users: [user('ann', ['b']), user('bob', ['b'])] }),
    )
    const reason = 'genesys: the rest of the list: refused'
    expect(people).toEqual({
      total: { kind: 'unknown', reason, atLeast: 3 },
      inSeveralProviders: { kind: 'unknown', reason },
      withoutEmail: { kind: 'unknown', reason },
      external: known(0),
    })
  })

  test('of a directory that could not be read leave the assignments known, and the provider partial', async () => {
    const report = await createLicenseReport()([
      organization('genesys', {
        licenses: [license('a')],
        users: [nameless('1', ['a'])],
        directory: unreadable,
      }),
    ])()
    expect(report.providers[0]).toMatchObject({
      status: 'partial',
      licensedUsers: known(1),
      ledgers: { directory: { verdict: 'partial' }, assignments: { verdict: 'complete' } },
    })
    expect(report.licenses[0]?.assigned).toEqual(known(1))
  })

  test('of no provider are nobody', async () => {
    expect((await peopleOf()).total).toEqual(known(0))
  })
})
