import { afterEach, describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { createPlan, failuresIn, type LicenseProvider } from '../../src/index.ts'
import { assign } from './organization.ts'

interface Account {
  readonly id: string
  readonly email: string
  readonly licenses?: readonly string[]
  readonly hasLeft?: boolean
}

interface Opened {
  readonly provider: LicenseProvider
  readonly requests: () => number
}

let stop: (() => Promise<void>) | undefined

afterEach(async () => {
  await stop?.()
  stop = undefined
})

const genesys = async (accounts: readonly Account[]): Promise<Opened> => {
  const simulator = await startGenesysSimulator({
    world: {
      definitions: [{ id: 'seat' }, { id: 'other' }],
      licenseRows: accounts.flatMap(({ id, licenses }) => (licenses === undefined ? [] : [{ id, licenses }])),
      directory: accounts.map(({ id, email, hasLeft }) => ({
        id,
        name: id,
        email,
        state: hasLeft ? 'inactive' : 'active',
      })),
    },
  })
  stop = simulator.destroy
  return { provider: createGenesysProvider(simulator.configuration), requests: simulator.requests.count }
}

const webexBy =
  (userSource: 'licenses' | 'people') =>
  async (accounts: readonly Account[]): Promise<Opened> => {
    const simulator = await startWebexSimulator({
      world: {
        licenses: ['seat', 'other'].map((id) => ({ id, name: id })),
        people: accounts.map(({ id, email, licenses = [], hasLeft = false }) => ({
          id,
          email,
          licenses,
          loginEnabled: !hasLeft,
        })),
      },
    })
    stop = simulator.destroy
    const provider = createWebexProvider({ ...simulator.configuration, userSource })
    return { provider, requests: simulator.requests.count }
  }

const others: readonly Account[] = Array.from({ length: 150 }, (_, index) => ({
  id: `other-${index}`,
  email: `other-${index}@example.com`,
  licenses: ['seat'],
}))
const email = 'Ann@example.com'
const holder: Account = { id: 'holder', email: 'ann@example.com', licenses: ['seat'] }
const joiner: Account = { id: 'joiner', email: 'ANN@example.com' }
const leaver: Account = { ...joiner, id: 'leaver', hasLeft: true }

const withoutFindUsers = ({ findUsers: _, ...provider }: LicenseProvider): LicenseProvider => provider

/** Whom a plan and `getUser` take for the one with the address. */
const whoIsMeant = async (provider: LicenseProvider, beside: readonly Account[]) => {
  const intents = [email, ...beside.map((other) => other.email)].map((user) => assign('other', user))
  const made = await createPlan(provider, intents)()
  const got = await provider.getUser({ email })()
  return {
    plan: made._tag === 'Right' ? made.right.changes[0]?.userId : failuresIn(made.left).map(({ _tag }) => _tag),
    getUser: got._tag === 'Right' ? got.right.id : got.left._tag,
  }
}

describe.each([
  ['Genesys Cloud', genesys],
  ['Webex by licenses', webexBy('licenses')],
  ['Webex by people', webexBy('people')],
])('an address of a user of %s who is listed, and of one who holds nothing,', (_, open) => {
  test.each([
    ['with findUsers', (provider: LicenseProvider) => provider],
    ['without', withoutFindUsers],
  ])('is ambiguous to a plan as to getUser, few or many, %s', async (__, as) => {
    const { provider } = await open([...others, holder, joiner])
    for (const beside of [[], others]) {
      expect(await whoIsMeant(as(provider), beside)).toEqual({ plan: ['AmbiguousUser'], getUser: 'Conflict' })
    }
  })

  test.each([
    ['with findUsers', (provider: LicenseProvider) => provider],
    ['without', withoutFindUsers],
  ])('is that of the listed one where the other one has left, %s', async (__, as) => {
    const { provider } = await open([...others, holder, leaver])
    for (const beside of [[], others]) {
      expect(await whoIsMeant(as(provider), beside)).toEqual({ plan: 'holder', getUser: 'holder' })
    }
  })

  test('costs few requests, however many addresses a plan has', async () => {
    const { provider, requests } = await open([...others, holder])
    const intents = others.map((other) => assign('other', other.email))
    expect((await createPlan(provider, intents)())._tag).toBe('Right')
    expect(requests()).toBeLessThanOrEqual(8)
  })
})
