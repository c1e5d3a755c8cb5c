import { describe, expect, it } from 'vitest'
import { failure } from './support/acme.ts'
import { licenses, users, worlds } from './support/people.ts'
import { acmes, run } from './support/run.ts'
import { said, saidBy } from './support/said.ts'

describe('seatlens user', () => {
  it('prints what the person holds in every provider, by name', async () => {
    const { code, stdout } = await run(['user', 'ADA@example.com', '--format', 'json'], {
      configuration: acmes('a', 'b', 'c'),
      worlds: { a: { users, licenses }, b: { users }, c: { users: [{ items: [] }] } },
    })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      { provider: 'a', id: 'u1', licenses: [{ id: 'basic', name: 'Basic', productCode: 'B1' }, { name: 'Plus' }] },
      { provider: 'b', id: 'u1', licenses: [{ id: 'basic' }, { id: 'plus', name: 'plus' }] },
    ])
  })

  it('prints a table with one row for each license', async () => {
    const { stdout } = await run(['user', 'ada@example.com'], { worlds })
    expect(stdout).toBe(`Provider  Name  Status  License  Product
acme      Ada   active  Basic    B1
acme      Ada   active  Plus     plus
`)
  })

  it('tells licenses of one name apart, also one that is pending', async () => {
    const twins = ['a', 'b'].map((site) => ({ id: site.repeat(150), name: 'Suite', siteUrl: `${site}.example` }))
    const { stdout } = await run(['user', 'ada@example.com'], {
      worlds: {
        acme: {
          licenses: twins,
          users: [
            {
              items: [
                {
                  id: 'u1',
                  email: 'ada@example.com',
                  licenseIds: ['a'.repeat(150)],
                  pendingLicenseIds: ['b'.repeat(150)],
                },
              ],
            },
          ],
        },
      },
    })
    expect(stdout).toContain('  Suite (a.example)\n')
    expect(stdout).toContain('  Suite (b.example) (pending)\n')
  })

  it.each([
    ['json', '[]\n'],
    ['table', ''],
  ])('says so when nobody knows the person, with empty data as %s', async (format, stdout) => {
    const result = await run(['user', 'eve@example.com', '--format', format], { worlds })
    expect(result).toMatchObject({ code: 8, stdout })
    expect(saidBy([format], result.stderr)).toBe('no provider knows eve@example.com\n')
  })

  it('exits with 0 where one of the providers knows them, and with 4 or 7 where none could be asked', async () => {
    const codeOf = async (world: Parameters<typeof run>[1]) => (await run(['user', 'ada@example.com'], world)).code
    const configuration = acmes('a', 'b')
    const nobody = { users: [{ items: [] }] }
    expect(await codeOf({ configuration, worlds: { a: { users, licenses }, b: nobody } })).toBe(0)
    const failing = (tag: 'RateLimited' | 'AuthenticationFailed') => ({
      a: { failure: failure(tag, 'a') },
      b: { failure: failure(tag, 'b') },
    })
    expect(await codeOf({ configuration, worlds: failing('AuthenticationFailed') })).toBe(4)
    expect(await codeOf({ configuration, worlds: failing('RateLimited') })).toBe(7)
    expect(await codeOf({ configuration, worlds: { ...failing('RateLimited'), b: nobody } })).toBe(5)
  })

  it('looks for what is seen of an address', async () => {
    const { code, stdout } = await run(['user', '\u200bADA@example.com\u00a0', '--format', 'json'], { worlds })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toHaveLength(1)
  })

  it.each(['eve@example.com', 'eve'])(
    'does not say that no provider knows them when one could not be asked: %s',
    async (person) => {
      const { code, stderr } = await run(['user', person], {
        configuration: acmes('acme', 'bad'),
        worlds: { ...worlds, bad: { failure: failure('RateLimited', 'bad') } },
      })
      expect(code).toBe(5)
      expect(stderr).toBe('bad: RateLimited it is (GET /seats, status 401, correlation id c-1)\n')
    },
  )

  it('says of a snapshot with a gap that there may be more, and does not show a part as the whole', async () => {
    const gap = { what: 'holders of Plus', reason: 'it was torn', licenseId: 'plus' }
    const [ada, bob] = [
      { id: 'u1', email: 'ada@example.com', licenseIds: ['basic'] },
      { id: 'u2', email: 'bob@example.com', licenseIds: ['basic', 'plus'] },
    ]
    const { folder } = await run(['snapshot', '--output', 'kept'], {
      worlds: { acme: { licenses, users: [{ items: [ada, bob], gaps: [gap] }] } },
    })
    const from = (email: string) =>
      run(['user', email, '--from', 'kept', '--format', 'json'], { folder, configuration: null, registry: [] })
    const part = await from('ada@example.com')
    expect(part).toMatchObject({ code: 5, stdout: '[]\n' })
    expect(said(part.stderr)).toBe(
      'acme: the snapshot may lack licenses of that user: the list of users lacks holders of Plus: it was torn\n',
    )
    // Nothing that is missing there could be of somebody who is known to hold it.
    const whole = await from('bob@example.com')
    expect(whole).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(whole.stdout)[0].licenses).toHaveLength(2)
  })

  it('wants more than one letter', async () => {
    const { code, stderr } = await run(['user', 'a'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'seatlens user: <person>: expected an e-mail address, or at least 2 characters of one or of a name, found "a"; see: seatlens user --help\n',
    })
  })
})
