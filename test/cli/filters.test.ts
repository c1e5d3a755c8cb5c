import { describe, expect, it } from 'vitest'
import { known, unknown, unlimited } from '../../src/index.ts'
import { failure } from './support/acme.ts'
import { run } from './support/run.ts'

const licenses = [
  { id: 'suite', name: 'Meetings Suite', purchased: known(100), consumed: known(40) },
  { id: 'call', name: 'Calling', productCode: 'CALL', purchased: unlimited, consumed: known(7) },
  { id: 'agent', name: 'Agent', purchased: unknown('no contract'), consumed: known(12) },
  { id: 'free', name: 'Messaging', purchased: known(5), consumed: known(0) },
]
const person = (number: number) => ({
  id: `u${number}`,
  displayName: `Person ${number}`,
  email: `person${number}@example.com`,
  department: number % 2 === 0 ? 'Sales' : 'Field Service',
  licenseIds: ['suite'],
})
const people = (from: number, to: number) => Array.from({ length: to - from }, (_, place) => person(from + place))

const acme = { licenses, users: [{ items: people(0, 10) }, { items: people(10, 20) }, { items: people(20, 25) }] }
const worlds = { acme }

describe('licenses --where', () => {
  it('shows what matches, and says of how many', async () => {
    const { code, stdout, stderr } = await run(
      ['licenses', '--format', 'csv', '--columns', 'id,purchased', '--where', 'purchased > 50'],
      { worlds },
    )
    expect(stdout.split('\r\n')).toEqual(['id,purchased,purchasedNote', 'suite,100,', 'call,unlimited,', ''])
    expect(stderr).toBe(
      '2 of 4 licenses match purchased > 50\n1 license left out: a value that is compared is unknown or empty\n',
    )
    expect(code).toBe(0)
  })

  it('says so below a table', async () => {
    const { stdout } = await run(['licenses', '--where', 'name ~ "meetings s"'], { worlds })
    expect(stdout).toContain('Meetings Suite')
    expect(stdout).not.toContain('Calling')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 of 4 licenses matches name ~ "meetings s"')
  })

  it('finds what is unknown or unlimited if that is asked for', async () => {
    const { stdout, stderr } = await run(
      [
        'licenses',
        '--format',
        'ndjson',
        '--columns',
        'id',
        '--where',
        'purchased is unknown or purchased is unlimited',
      ],
      { worlds },
    )
    expect(stdout).toBe('{"id":"call"}\n{"id":"agent"}\n')
    expect(stderr).toBe('2 of 4 licenses match purchased is unknown or purchased is unlimited\n')
  })

  it('sorts, with what is unknown last either way', async () => {
    const sorted = async (sort: string) => {
      const args = ['licenses', '--format', 'ndjson', '--columns', 'id', '--sort', sort]
      const { stdout } = await run(args, { worlds })
      return [...stdout.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id)
    }
    expect(await sorted('-purchased')).toEqual(['call', 'suite', 'free', 'agent'])
    expect(await sorted('purchased')).toEqual(['free', 'suite', 'call', 'agent'])
    expect(await sorted('name')).toEqual(['agent', 'call', 'suite', 'free'])
  })

  it('has objects with the columns in JSON, and only what there is', async () => {
    const { stdout } = await run(
      ['licenses', '--format', 'json', '--columns', 'id,productCode,purchased', '--limit', '2'],
      {
        worlds,
      },
    )
    expect(JSON.parse(stdout)).toEqual([
      { id: 'suite', purchased: { kind: 'known', value: 100 } },
      { id: 'call', productCode: 'CALL', purchased: { kind: 'unlimited' } },
    ])
  })

  it('has an empty document where nothing matches, and does not say that there are none', async () => {
    const { code, stdout, stderr } = await run(['licenses', '--format', 'json', '--where', 'id = x'], { worlds })
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '[]\n', stderr: '0 of 4 licenses match id = x\n' })
  })
})

describe('a mistake in the options of rows', () => {
  it('is shown at its place, with what may be meant, before anything is read', async () => {
    const { code, stdout, stderr } = await run(
      ['licenses', '--where', 'provider = acme and purchasd > 5', '--sort', 'name,-consumd'],
      { worlds: { acme: { failure: failure('NotFound') } } },
    )
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.split('\n')).toEqual([
      'seatlens licenses: --where: there is no column "purchasd" (did you mean "purchased"?)',
      '  provider = acme and purchasd > 5',
      '                      ^^^^^^^^',
      'seatlens licenses: --sort: there is no column "consumd" (did you mean "consumed"?); see: seatlens licenses --help',
      '  name,-consumd',
      '        ^^^^^^^',
      '',
    ])
  })

  it('far behind in a long expression is shown with what is around it', async () => {
    const where = `${'id = x or '.repeat(30)}purchasd > 5 or ${'id = x or '.repeat(30)}id = y`
    const { stderr } = await run(['licenses', '--where', where], { worlds })
    const [, shown = '', mark = ''] = stderr.split('\n')
    expect(shown.length).toBeLessThan(80)
    expect(shown.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('purchasd')
  })
})

describe('users', () => {
  it('are filtered while they are read', async () => {
    const { stdout, stderr } = await run(
      ['users', '--format', 'csv', '--columns', 'id', '--where', 'department = sales and licenses = "meetings suite"'],
      { worlds },
    )
    expect(stdout.split('\r\n')).toHaveLength(1 + 13 + 1)
    expect(stderr).toBe('13 of 25 users match department = sales and licenses = "meetings suite"\n')
  })

  it('are not read any further when the limit is reached, which is told and is no gap', async () => {
    const asked: number[] = []
    const { code, stdout, stderr } = await run(['users', '--format', 'csv', '--columns', 'id', '--limit', '12'], {
      worlds: { acme: { ...acme, onPage: (index) => asked.push(index) }, beta: { usersFailure: failure('NotFound') } },
    })
    expect(stdout.trimEnd().split('\r\n').slice(1)).toEqual(people(0, 12).map(({ id }) => id))
    expect(stderr).toBe('--limit: the list ends after 12 users; the rest was not read\n')
    expect(code).toBe(0)
    expect(asked).not.toContain(2)
  })

  it('that are just as many as the limit are a whole list', async () => {
    const { stderr } = await run(['users', '--format', 'csv', '--limit', '25'], { worlds })
    expect(stderr).toBe('')
  })

  it('are all read to be sorted', async () => {
    const { stdout, stderr } = await run(
      ['users', '--format', 'csv', '--columns', 'id', '--sort', '-id', '--limit', '2'],
      { worlds },
    )
    expect(stdout).toBe('id\r\nu24\r\nu23\r\n')
    expect(stderr).toBe('the first 2 of 25 users are shown\n')
  })

  it('of a license are filtered too', async () => {
    const { stdout, stderr } = await run(
      ['users', '--license', 'suite', '--format', 'ndjson', '--columns', 'id', '--where', 'email ~ person1'],
      { worlds },
    )
    expect(stdout.trimEnd().split('\n')).toHaveLength(11)
    expect(stderr).toBe('11 of 25 users match email ~ person1\n')
  })

  it('say how a list with a gap and a limit ended', async () => {
    const { code, stderr } = await run(['users', '--format', 'csv', '--limit', '30'], {
      worlds: { acme: { ...acme, usersFailure: failure('NotFound') } },
    })
    expect(code).toBe(5)
    expect(stderr).toContain('NotFound it is')
  })
})
