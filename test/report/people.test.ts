import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  conditional,
  createLicenseReport,
  everythingSupported,
  known,
  type Ledger,
  type LicenseProvider,
  personMapping,
} from '../../src/index.ts'
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

  test('are the same in the summary as in the rows of the users, whatever addresses they share', async () => {
    const somebody = fc.record({
      id: fc.nat({ max: 9 }).map(String),
      email: fc.constantFrom('a@x.com', 'A@X.com', 'b@x.com', 'c@x.com', undefined),
      others: fc.subarray(['a@x.com', 'b@X.com', 'd@x.com'], { maxLength: 2 }),
      holds: fc.boolean(),
    })
    const members = fc.uniqueArray(somebody, { selector: ({ id }) => id, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.array(members, { minLength: 1, maxLength: 3 }), async (organizations) => {
        const providers = organizations.map((users, index) =>
          organization(`p${index}`, {
            users: users.map(({ id, email, others, holds }) => {
              const licenseIds = holds ? ['a'] : []
              const further = others.length === 0 ? {} : { otherEmails: others }
              return {
                ...(email === undefined ? nameless(id, licenseIds) : user(id, licenseIds, { email })),
                ...further,
              }
            }),
          }),
        )
        const report = await createLicenseReport({ detail: true })(providers)()
        const { people, users = [], ambiguousLinks = [], overlaps = [] } = report
        const holders = users.filter(({ licenseIds }) => licenseIds.length > 0)
        const providersOf = new Map<string, Set<string>>()
        for (const { person, provider } of holders) {
          providersOf.set(person, (providersOf.get(person) ?? new Set()).add(provider))
        }
        const inSeveral = [...providersOf.values()].filter(({ size }) => size > 1).length
        const least = ({ inSeveralProviders: count }: typeof people) =>
          count.kind === 'known' ? count.value : count.kind === 'unknown' ? (count.atLeast ?? 0) : Number.NaN
        expect(least(people)).toBe(inSeveral)
        const ambiguous = ambiguousLinks.filter(
          ({ users: those }) => new Set(those.map(({ provider }) => provider)).size > 1,
        )
        expect(people.inSeveralProviders.kind).toBe(ambiguous.length === 0 ? 'known' : 'unknown')
        expect(people.total.kind).toBe(ambiguousLinks.length === 0 ? 'known' : 'unknown')
        if (people.total.kind === 'known') expect(people.total.value).toBe(providersOf.size)
        if (overlaps.length === 1) {
          expect(overlaps[0]?.people.kind).toBe(people.inSeveralProviders.kind)
        }
      }),
    )
  })

  const linksOf = async (mapping: ReturnType<typeof personMapping> | undefined, ...providers: LicenseProvider[]) => {
    const report = await createLicenseReport({ detail: true, ...(mapping === undefined ? {} : { mapping }) })(
      providers,
    )()
    const { users = [] } = report
    return { ...report, links: users.map(({ id, person, link }) => [id, person, link]) }
  }

  test('are found by any of their addresses, in the summary as in the links', async () => {
    const { links, people, users } = await linksOf(
      undefined,
      organization('webex', { users: [user('w', ['a'], { email: 'new@x.com', otherEmails: ['Old@x.com'] })] }),
      organization('genesys', { users: [user('g', ['b'], { email: 'old@X.com' }), user('h', ['b'])] }),
      organization('zoom', { users: [user('z', [], { email: 'NEW@x.com' })] }),
    )
    expect(links).toEqual([
      ['w', 'email new@x.com', 'email'],
      ['g', 'email new@x.com', 'email'],
      ['h', 'email h@example.com', 'none'],
      ['z', 'email new@x.com', 'email'],
    ])
    expect(people).toMatchObject({ total: known(2), inSeveralProviders: known(1) })
    expect(users?.[0]?.otherEmails).toEqual(['Old@x.com'])
  })

  test('are not known where their addresses lead to two holders of one provider', async () => {
    const { links, people, ambiguousLinks, overlaps } = await linksOf(
      undefined,
      organization('webex', { users: [user('w', ['a'], { email: 'new@x.com', otherEmails: ['old@x.com'] })] }),
      organization('genesys', {
        users: [user('g1', ['b'], { email: 'new@x.com' }), user('g2', ['b'], { email: 'old@x.com' })],
      }),
    )
    expect(links.map(([, , link]) => link)).toEqual(['none', 'none', 'none'])
    expect(ambiguousLinks).toEqual([
      {
        email: 'new@x.com',
        users: [
          { provider: 'webex', id: 'w' },
          { provider: 'genesys', id: 'g1' },
          { provider: 'genesys', id: 'g2' },
        ],
      },
    ])
    const why = '1 e-mail address is ambiguous'
    expect(people.inSeveralProviders).toEqual({ kind: 'unknown', reason: why })
    expect(overlaps?.[0]?.people).toEqual({ kind: 'unknown', reason: why })
  })

  test('who hold nothing and whose addresses lead to several people are not matched', async () => {
    const { links, people } = await linksOf(
      undefined,
      organization('webex', { users: [user('w', [], { email: 'ann@x.com', otherEmails: ['bob@x.com'] })] }),
      organization('genesys', {
        users: [user('ann', ['b'], { email: 'ann@x.com' }), user('bob', ['b'], { email: 'bob@x.com' })],
      }),
    )
    expect(links.map(([, , link]) => link)).toEqual(['none', 'none', 'none'])
    expect(people.total).toEqual(known(2))
  })

  test('are found by a mapping by any of their addresses, and one that no listed user has is told as that', async () => {
    const mapping = personMapping([
      { person: 'Ada', provider: 'webex', user: 'OLD@x.com\u200b' },
      { person: 'Ada', provider: 'genesys', user: 'g' },
      { person: 'Bob', provider: 'genesys', user: 'former@x.com' },
      { person: 'Bob', provider: 'genesys', user: 'no-such-id' },
    ])
    const { email: _, ...otherFields } = everythingSupported.userFields
    const userFields = { ...otherFields, email: conditional('make the directory readable') }
    const { links, idleMappings } = await linksOf(
      mapping,
      organization('webex', { users: [user('w', ['a'], { email: 'new@x.com', otherEmails: ['old@x.com'] })] }),
      organization('genesys', { users: [user('g', ['b'])], capabilities: { userFields } }),
    )
    expect(links).toEqual([
      ['w', 'mapping Ada', 'mapping'],
      ['g', 'mapping Ada', 'mapping'],
    ])
    expect(idleMappings).toEqual([
      { person: 'Bob', provider: 'genesys', user: 'former@x.com', why: 'no listed user has this address' },
      { person: 'Bob', provider: 'genesys', user: 'no-such-id', why: 'no such user' },
    ])
  })

  test('are not matched with a user whose address only Unicode folds to theirs', async () => {
    const pairs = [
      ['Kim@x.com', '\u212aim@x.com'],
      ['i@x.com', 'İ@x.com'],
      ['s@x.com', 'ſ@x.com'],
      ['ß@x.com', 'ẞ@x.com'],
    ] as const
    const { people, overlaps } = await linksOf(
      undefined,
      organization('one', { users: pairs.map(([email], index) => user(`${index}`, ['a'], { email })) }),
      organization('two', { users: pairs.map(([, email], index) => user(`${index}`, ['a'], { email })) }),
    )
    expect(people).toMatchObject({ total: known(8), inSeveralProviders: known(0) })
    expect(overlaps?.[0]?.people).toEqual(known(0))
  })

  test('who hold nothing make no address ambiguous, and are not matched', async () => {
    const former = user('former', [], { email: 'ann@x.com', status: 'deleted' })
    const { people, overlaps, ambiguousLinks, users } = await createLicenseReport({ detail: true })([
      organization('one', { users: [former, user('ann', ['a'], { email: 'ann@x.com' })] }),
      organization('two', { users: [user('2', ['b'], { email: 'Ann@x.com' })] }),
    ])()
    expect({ total: people.total, overlap: overlaps?.[0]?.people, ambiguousLinks }).toEqual({
      total: known(1),
      overlap: known(1),
      ambiguousLinks: [],
    })
    expect(users?.map(({ link }) => link)).toEqual(['none', 'email', 'email'])
  })

  test('of one provider who share an address are one person, and the link says why', async () => {
    const twins = [user('1', ['a'], { email: 'ann@x.com' }), user('2', ['a'], { email: 'ANN@x.com' })]
    const { users, people } = await createLicenseReport({ detail: true })([organization('one', { users: twins })])()
    expect(new Set(users?.map(({ person }) => person)).size).toBe(1)
    expect(users?.map(({ link }) => link)).toEqual(['email', 'email'])
    expect(people.total).toEqual(known(1))
  })

  test('are found by a mapping by their ids as they are, and by addresses in any case', async () => {
    const one = organization('one', { users: [user('u1', ['a']), user('U1', ['a'])] })
    const mapping = personMapping([{ person: 'ann', provider: 'one', user: 'U1' }])
    const { users } = await createLicenseReport({ detail: true, mapping })([one])()
    expect(users?.map(({ id, person }) => [id, person])).toEqual([
      ['u1', 'email u1@example.com'],
      ['U1', 'mapping ann'],
    ])
  })

  test('are who the row by id says where another one says otherwise, and that one is told', async () => {
    const one = organization('one', { users: [user('u1', ['a'])] })
    const rows = [
      { person: 'ann', provider: 'one', user: 'u1' },
      { person: 'bob', provider: 'one', user: 'u1@example.com' },
    ]
    const { users, idleMappings } = await createLicenseReport({ detail: true, mapping: personMapping(rows) })([one])()
    expect(users?.[0]?.person).toBe('mapping ann')
    expect(idleMappings).toEqual([{ ...rows[1], why: 'another row says otherwise' }])
  })

  test('are named by a mapping with rows that match no user', async () => {
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

  test('without an address, or with a blank one, are not matched and are counted each', async () => {
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
    const reason = 'genesys: the rest of the list of people in the directory could not be read: refused'
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

  test('of no provider are none', async () => {
    expect((await peopleOf()).total).toEqual(known(0))
  })
})
