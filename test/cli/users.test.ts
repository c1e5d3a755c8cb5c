import { describe, expect, it } from 'vitest'
import type { LicensedUser } from '../../src/model/licensed-user.ts'
import { failure } from './support/acme.ts'
import { ada, cyd, idsOf, licenses, users, worlds } from './support/people.ts'
import { acmes, run } from './support/run.ts'
import { said, saidBy } from './support/said.ts'

const HEADINGS =
  'provider,id,kind,status,displayName,email,lastActiveAt,licenseIds,pendingLicenseIds,department,' +
  'division,manager,location,costCenter,employeeNumber,activity,invitation,createdAt,hiredAt,neverActive,otherEmails,seats'

describe('seatlens users', () => {
  it('prints one user per line as ndjson, without what the vendor sent', async () => {
    const raw = { secret: true }
    const { code, stdout } = await run(['users', '--format', 'ndjson'], {
      worlds: { acme: { users: [{ items: [{ ...ada, raw }] }, { items: [cyd] }] } },
    })
    const lines: LicensedUser[] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(code).toBe(0)
    expect(lines).toEqual([
      { provider: 'acme', kind: 'internal', status: 'active', pendingLicenseIds: [], ...ada },
      { provider: 'acme', kind: 'internal', status: 'active', ...cyd },
    ])
  })

  it('prints one JSON array', async () => {
    const { stdout } = await run(['users', '--format', 'json'], { worlds })
    expect(JSON.parse(stdout).map(({ id }: LicensedUser) => id)).toEqual(['u1', 'u2', 'u3'])
  })

  it.each([
    ['json', '[]\n'],
    ['ndjson', ''],
    ['csv', `${HEADINGS}\r\n`],
    ['table', ''],
  ])('prints an empty document of format %s when there is nobody', async (format, document) => {
    const worlds = { acme: { users: [{ items: [] }] } }
    const { code, stdout, stderr } = await run(['users', '--format', format], { worlds })
    const told = saidBy([format], stderr)
    expect({ code, stdout, told }).toEqual({ code: 0, stdout: document, told: 'no users\n' })
  })

  it.each(['licenses', 'users'])('has no headings before the reason why there are no %s', async (list) => {
    const { stdout, stderr } = await run([list], { worlds: { acme: { failure: failure('NotFound') } } })
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: expect.stringContaining('NotFound it is') })
  })

  it('has no headings before a mistake, as CSV neither', async () => {
    const { code, stdout } = await run(['users', '--license', 'nothing', '--format', 'csv'], { worlds })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('prints one row per user as CSV', async () => {
    const { stdout } = await run(['users', '--format', 'csv'], { worlds })
    expect(stdout.split('\r\n')).toEqual([
      HEADINGS,
      'acme,u1,internal,active,Ada,ada@example.com,,basic plus,,R&D,,,,,,,,,,,,',
      'acme,u2,external,inactive,,,,basic,,,,,,,,,,,,,,',
      'acme,u3,internal,active,,,2026-11-01T00:00:00.000Z,ghost,plus,,,,,,,,,,,,,',
      '',
    ])
  })

  it('prints a table with one heading, however many pages there are', async () => {
    const { stdout } = await run(['users'], { worlds })
    expect(stdout).toBe(`Provider  Name  E-mail           Status    Kind      Licenses
acme      Ada   ada@example.com  active    internal  Basic, Plus
acme      u2                     inactive  external  Basic
acme      u3                     active    internal  ghost
`)
  })

  it('says what the list never has', async () => {
    const omits = ['guests are not listed']
    const worlds = {
      acme: {
        users: [
          { items: [ada], omits },
          { items: [cyd], omits },
        ],
      },
    }
    const { code, stderr } = await run(['users', '--format', 'ndjson'], { worlds })
    expect({ code, told: said(stderr) }).toEqual({ code: 0, told: 'acme: guests are not listed\n' })
  })

  it('prints the providers in their order, although all are read at once', async () => {
    const { stdout } = await run(['users', '--format', 'csv'], { configuration: acmes('b', 'a') })
    expect(stdout.match(/^[ab],/gm)).toEqual(['b,', 'a,'])
  })

  it('asks for the next page only when the reader has taken the one before', async () => {
    const asked: number[] = []
    const seen: (readonly number[])[] = []
    await run(['users', '--format', 'ndjson'], {
      worlds: {
        acme: {
          users: [1, 2, 3, 4].map((page) => ({ items: [{ id: `p${page}` }] })),
          onPage: (index) => asked.push(index),
        },
      },
      stdout: {
        take: async () => {
          await new Promise((resolve) => setTimeout(resolve, 20))
          seen.push([...asked])
        },
      },
    })
    expect(seen).toEqual([[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]])
  })

  it('ends quietly, and stops reading, when the reader goes away', async () => {
    const asked: number[] = []
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
    const { code, stderr } = await run(['users', '--format', 'ndjson'], {
      worlds: {
        acme: {
          users: [1, 2, 3].map((page) => ({ items: [{ id: `p${page}` }] })),
          onPage: (index) => asked.push(index),
        },
      },
      stdout: { take: () => Promise.reject(gone) },
    })
    expect({ code, stderr, asked }).toEqual({ code: 0, stderr: '', asked: [0] })
  })

  it('keeps the rows that came before a failure and says why there are no more', async () => {
    const { code, stdout, stderr } = await run(['users', '--format', 'json'], {
      worlds: { acme: { users: [{ items: [ada] }], usersFailure: failure('RateLimited') } },
    })
    expect(code).toBe(5)
    expect(JSON.parse(stdout)).toHaveLength(1)
    expect(said(stderr)).toBe(
      'acme: the rest of the list of users could not be read: RateLimited it is (GET /seats, status 401, correlation id c-1); 1 came before\n',
    )
  })

  it.each([
    ['AuthenticationFailed', 4],
    ['RateLimited', 7],
  ] as const)('exits, when nothing could be read because of %s, with %i', async (tag, code) => {
    const result = await run(['users', '--format', 'json'], { worlds: { acme: { failure: failure(tag) } } })
    expect(result).toMatchObject({ code, stdout: '[]\n' })
  })

  it('says that a list has gaps or moved', async () => {
    const { code, stderr } = await run(['users', '--format', 'ndjson'], {
      configuration: acmes('gaps', 'moved'),
      worlds: {
        gaps: { users: [{ items: [ada], gaps: [{ what: '2 records of page 1', reason: 'id: expected string' }] }] },
        moved: { users: [{ items: [ada], total: 3 }] },
      },
    })
    expect(code).toBe(5)
    expect(said(stderr).split('\n')).toEqual([
      'gaps: the list of users lacks 2 records of page 1: id: expected string',
      'moved: the list of users changed while it was read, so rows may be missing (1 of 3 came); read it again',
      '',
    ])
  })
})

describe('seatlens users --license', () => {
  const holders = async (license: string, options: Parameters<typeof run>[1] = {}) => {
    const args = ['users', '--format', 'ndjson', '--license', license]
    const { stdout, stderr, ...rest } = await run(args, { worlds, ...options })
    return { ids: idsOf(stdout), stderr: said(stderr), ...rest }
  }

  it('takes the exact id before anything else', async () => {
    expect(await holders('plus')).toMatchObject({ code: 0, ids: ['u1'], stderr: '' })
  })

  it.each(['b1', 'BASIC'])('takes a product code or a name in any case: %s', async (license) => {
    expect(await holders(license)).toMatchObject({ code: 0, ids: ['u1', 'u2'] })
  })

  it('uses all licenses of that name and says so', async () => {
    const { ids, stderr } = await holders('Plus seat', {
      configuration: acmes('a', 'b'),
      worlds: {
        a: { licenses: [{ id: 'plus', name: 'plus SEAT' }], users },
        b: { licenses: [{ id: 'ghost', name: 'Plus Seat' }], users },
      },
    })
    expect(ids).toEqual(['u1', 'u3'])
    expect(stderr).toBe('--license Plus seat: 2 licenses are called that, all are used: a: "plus", b: "ghost"\n')
  })

  it('says which holders of the license no list names, and of no other license', async () => {
    const [basic, plus] = [{ id: 'basic', omits: ['common areas are not listed'] }, { id: 'plus' }]
    const worlds = { acme: { users, licenses: [basic, plus] } }
    expect((await holders('basic', { worlds })).stderr).toBe('acme: basic: common areas are not listed\n')
    expect((await holders('plus', { worlds })).stderr).toBe('')
  })

  it('finds a license that is held but not defined', async () => {
    expect(await holders('ghost')).toMatchObject({ code: 0, ids: ['u3'] })
  })

  it('suggests what is close where nothing matches', async () => {
    const { code, stderr } = await holders('basci')
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: /"basci" \(did you mean "[Bb]asic.*\?\); see: / })
  })

  it('is a mistake when nothing matches and nobody holds it', async () => {
    expect(await holders('nothing')).toMatchObject({
      code: 2,
      ids: [],
      stderr: '--license: no license has the id, product code or name "nothing"; see: seatlens licenses\n',
    })
  })

  it('is a mistake about the provider that is asked for, as another one may have it', async () => {
    const options = {
      configuration: acmes('acme', 'other'),
      worlds: { acme: {}, other: { licenses: [{ id: 'only-there' }] } },
    }
    expect(await run(['users', '--license', 'only-there', '--provider', 'acme'], options)).toMatchObject({
      code: 2,
      stderr:
        '--license: no license of acme has the id, product code or name "only-there"; see: seatlens licenses --provider acme\n',
    })
  })

  it('is no mistake when nothing could be read', async () => {
    const result = await holders('nothing', { worlds: { acme: { failure: failure('AuthenticationFailed') } } })
    expect(result).toMatchObject({ code: 4, ids: [] })
    expect(result.stderr).toBe('acme: AuthenticationFailed it is (GET /seats, status 401, correlation id c-1)\n')
  })

  it('is no mistake when the definitions of a provider could not be read, which is told', async () => {
    const result = await holders('nothing', {
      configuration: acmes('acme', 'bad'),
      worlds: { ...worlds, bad: { users, licensesFailure: failure('AuthenticationFailed', 'bad') } },
    })
    expect(result).toMatchObject({ code: 5, ids: [] })
    expect(result.stderr.split('\n')).toEqual([
      '--license: no license has the id, product code or name "nothing" in what could be read',
      'bad: AuthenticationFailed it is (GET /seats, status 401, correlation id c-1)',
      '',
    ])
  })

  it('is no mistake when the users of a provider could not all be read', async () => {
    const result = await holders('nothing', {
      worlds: { acme: { users, licenses, usersFailure: failure('RateLimited') } },
    })
    expect(result).toMatchObject({ code: 5, ids: [] })
    expect(result.stderr).toContain('acme: the rest of the list of users could not be read: RateLimited it is')
  })

  it('finds holders by the id where the definitions could not be read, whatever others define', async () => {
    const result = await holders('basic', {
      configuration: acmes('acme', 'bad'),
      worlds: { ...worlds, bad: { users, licensesFailure: failure('RateLimited', 'bad') } },
    })
    expect(result).toMatchObject({ code: 5, ids: ['u1', 'u2', 'u1', 'u2'] })
  })
})
