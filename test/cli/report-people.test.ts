import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failure } from './support/acme.ts'
import { acmes, newFolder, type RunOptions, run } from './support/run.ts'

const report = async (format: string, options: RunOptions) =>
  (await run(['report', '--format', format, '--by', 'user'], options)).stdout

const licensesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `l${index}`, name: `L${index}` }))

const gone = { failure: failure('AuthenticationFailed', 'two') }

const gap = { what: 'holders of X', reason: 'it was not JSON' }

describe('people of whom not everything could be read', () => {
  const price = (amount: number) => ({ price: { amount, currency: 'EUR', per: 'seat-month' } })
  const configuration = {
    providers: [
      { id: 'one', type: 'acme', token: 'sesame', licenses: { basic: price(100) } },
      { id: 'two', type: 'acme', token: 'sesame' },
    ],
  }
  const items = [
    { id: 'u1', displayName: 'Ada', pendingLicenseIds: ['basic'] },
    { id: 'u2', displayName: 'Bob', licenseIds: [] },
  ]
  const options = { configuration, worlds: { one: { users: [{ items }] }, two: gone } }

  it('have seats that the cards of the page do not tell all of', async () => {
    const page = await report('html', options)
    const [seats = ''] = /<div class="card figure seats">.*?<\/dl>/s.exec(page) ?? []
    expect(seats).toMatch(/<span>≥ 10 <small>purchased<\/small><\/span><span>≥ \d+ <small>in use/)
    expect(seats.match(/licenses of Acme Seats are missing/g)).toHaveLength(2)
  })

  it('may have more pending than is known', async () => {
    const [headings, ada = '', bob = ''] = (await report('csv', options)).split('\r\n')
    expect(headings).toContain(',seats,seatsNote,pending,costEUR,costNote,pendingNote,')
    expect(ada).toMatch(/,"unknown, at least 1: two: AuthenticationFailed it is",{11}1$/)
    expect(bob).toMatch(/,unknown: two: AuthenticationFailed it is,{11}$/)
  })

  it('may cost more than is known, because of a provider that does not even list them', async () => {
    const [, ada = '', bob = ''] = (await report('csv', options)).split('\r\n')
    expect(ada).toContain(',"unknown, at least EUR 1.00: two: AuthenticationFailed it is",')
    expect(bob).toContain(',unknown: two: AuthenticationFailed it is,')
    expect(await report('table', options)).toMatch(/\nAda .* ≥ 1¹ +≥ 1¹ +≥ EUR 1\.00¹ /)
    expect(await report('md', options)).toMatch(/\n\| Ada \|.*\| ≥ 1¹ \| ≥ 1¹ \| ≥ EUR 1\.00¹ \|/)
    expect(await report('html', options)).toMatch(/\[\["≥ EUR 1\.00"\],\d+\]/)
  })

  it('cost what is known where everything was read', async () => {
    const [, ada = ''] = (await report('csv', { configuration, worlds: { one: { users: [{ items }] } } })).split('\r\n')
    expect(ada).toMatch(/,1,,1,1\.00,{13}1,/)
  })
})

describe('people who may hold one of very many licenses', () => {
  const user = (id: string, more: object) => ({
    id,
    displayName: id,
    email: `${id}@example.com`,
    licenseIds: [],
    ...more,
  })
  const optionsFor = (licenses: number): RunOptions => ({
    configuration: acmes('one', 'two'),
    worlds: {
      one: {
        licenses: licensesOf(licenses),
        users: [
          {
            items: [
              user('Ada', { licenseIds: ['l1', 'l2'], pendingLicenseIds: ['l0'] }),
              user('Bob', {}),
              { ...user('Ada2', { licenseIds: ['l2'] }), email: 'none@example.com' },
            ],
          },
        ],
      },
      two: { licenses: [{ id: 'x', name: 'L1' }], users: [{ items: [user('Ada', { licenseIds: ['x'] })] }] },
    },
  })

  it.each(['table', 'md'])('are named what they hold in one column in %s', async (format) => {
    const text = await report(format, optionsFor(40))
    expect(text).toMatch(/Licenses/)
    const ada = text.split('\n').find((line) => /^(\| )?Ada /.test(line))
    expect(ada).toMatch(/one: L1, L2, two: L1, L0 \(pending\)( \|)?$/)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(200)
  })

  it('have a column for each of 40 licenses, and for any number where machines read', async () => {
    expect(await report('table', optionsFor(39))).toMatch(/^ {2}40 {2}two: L1$/m)
    const [headings = ''] = (await report('csv', optionsFor(200))).split('\r\n')
    expect(headings.split(',').filter((heading) => /^(one|two): /.test(heading))).toHaveLength(201)
  })

  it('are told to hold several seats of a license', async () => {
    const people = ['u1', 'u2'].map((id) => ({ id, email: 'ada@example.com', licenseIds: ['l1'] }))
    const folder = await newFolder()
    await writeFile(join(folder, 'who.csv'), 'person,provider,user\r\nada,acme,u1\r\nada,acme,u2\r\n')
    const worlds = { acme: { licenses: licensesOf(41), users: [{ items: people }] } }
    const { stdout } = await run(['report', '--by', 'user', '--people', 'who.csv'], { worlds, folder })
    expect(stdout).toMatch(/L1 ×2\n/)
  })

  it.each(['table', 'md'])(
    'are said once in %s to hold maybe more where not all holders could be read',
    async (format) => {
      const { worlds = {}, ...options } = optionsFor(41)
      const text = await report(format, {
        ...options,
        worlds: {
          one: { ...worlds.one, users: [{ items: [user('Ada', { licenseIds: ['l1'] })], gaps: [gap] }] },
          two: gone,
        },
      })
      expect(text).toMatch(
        /People may hold more than is listed:\n+(- | {2})one: the list of users lacks holders of X: it was not JSON\n(- | {2})two: AuthenticationFailed it is\n/,
      )
      const row = text.split('\n').find((line) => /^(\| )?Ada /.test(line))
      // How many are pending is unknown; the last cell, with the names, does not say it again.
      expect(row?.match(/unknown/g)).toHaveLength(1)
      expect(row).toMatch(/unknown\S* .*L1/)
    },
  )
})
