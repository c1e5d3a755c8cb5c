import { findUsers, type UserLookup, type UserReference, Values } from '../../provider-kit/index.ts'
import { must } from '../must.ts'
import { checkError, mustBe, readWhole, run, runRight } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { compareFacts, compareUser } from '../truth.ts'
import { lookalikesOf, type WorldUser } from '../world.ts'

/** Far more than it takes for a provider to go about it in another way than for one. */
const MANY = 100

/** Few enough to be asked for one by one. */
const A_FEW = 20
/** The readings of their licenses, of the directory, and of the deleted users. */
const LOOK_UPS_EACH = 3

/** A reference, and the users that it means: none, one, or several. */
interface Sought {
  readonly reference: UserReference
  readonly meant: readonly WorldUser[]
}

const byId = (stage: Stage): readonly Sought[] => [
  ...stage.world.users.map((user) => ({ reference: { id: user.id }, meant: [user] })),
  { reference: { id: stage.userId('user-none') }, meant: [] },
]

const byEmail = ({ world }: Stage): readonly Sought[] => [
  ...world.users.flatMap(({ email, inDirectory }) =>
    email === undefined || !inDirectory
      ? []
      : [
          { reference: { email: email.toUpperCase() }, meant: world.users.filter((user) => user.email === email) },
          ...lookalikesOf(email)
            .filter((other) => other !== email)
            .map((other) => ({ reference: { email: other }, meant: [] })),
        ],
  ),
  { reference: { email: 'nobody@example.com' }, meant: [] },
]

const compareLookup = (stage: Stage, lookup: UserLookup, { meant }: Sought, what: string): void => {
  if (lookup.kind === 'failed') checkError(stage, lookup.error)
  const [expected, another] = Values.meantByAddress(meant)
  if (expected === undefined) {
    must(lookup.kind === 'notFound', `${what} is ${lookup.kind}, and should be notFound`)
    return
  }
  // If several users have an address and one is meant, a provider may call it ambiguous.
  if (another !== undefined || (meant.length > 1 && lookup.kind === 'ambiguous')) {
    must(lookup.kind === 'ambiguous', `${what} is ${lookup.kind}, and ${meant.length} users have it`)
    // A provider need not name the candidates. Those it names must be users of that address, with their true fields.
    for (const candidate of lookup.candidates) {
      const user = meant.find(({ id }) => id === candidate.id)
      must(user !== undefined, `${what} has the candidate ${candidate.id}, which is another user`)
      compareUser(stage, candidate, user)
    }
    return
  }
  must(lookup.kind === 'found', `${what} is ${lookup.kind}, and should be user ${expected.id}`)
  must(lookup.user.id === expected.id, `${what} is user ${lookup.user.id}, and should be ${expected.id}`)
  compareUser(stage, lookup.user, expected)
}

const compareFound = async (stage: Stage, sought: readonly Sought[]): Promise<void> => {
  const references = sought.map(({ reference }) => reference)
  const lookups = await runRight(stage, findUsers(stage.provider, references), 'findUsers')
  must(lookups.length === sought.length, `${lookups.length} results came for ${sought.length} references`)
  for (const [index, one] of sought.entries()) {
    const lookup = lookups[index]
    const what = `reference ${index} of ${sought.length}`
    if (lookup !== undefined) compareLookup(stage, lookup, one, what)
  }
}

/** A few of them, and many, in which each may come several times. */
const compareFewAndMany = async (stage: Stage, sought: readonly Sought[]): Promise<void> => {
  await compareFound(stage, sought.slice(-4))
  const times = Math.ceil(MANY / sought.length)
  await compareFound(stage, Array.from({ length: times }, () => sought).flat())
}

/** `findUsers` and `getUser` must agree about an address. */
const compareAnswers = async (stage: Stage, reference: UserReference, lookup: UserLookup): Promise<void> => {
  const answer = await run(stage, stage.provider.getUser(reference))
  const [meant, another] = lookup.kind === 'ambiguous' ? Values.meantByAddress(lookup.candidates) : []
  const found = lookup.kind === 'found' ? lookup.user : another === undefined ? meant : undefined
  const told = answer._tag === 'Right' ? answer.right.id : answer.left._tag
  const expected = found?.id ?? (lookup.kind === 'notFound' ? 'NotFound' : 'Conflict')
  must(told === expected, `getUser gives ${told} for an address that is ${expected} to findUsers`)
}

export const findingScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'find-users/by-id',
    title: 'findUsers by id, few or many, answers in the order of the request, with notFound for an unknown id',
    play: (stage) => compareFewAndMany(stage, byId(stage)),
  },
  {
    id: 'find-users/by-email',
    title:
      'findUsers by e-mail address, few or many, finds the user with that address; several such users are ambiguous',
    needs: ['userByEmail'],
    play: (stage) => compareFewAndMany(stage, byEmail(stage)),
  },
  {
    id: 'find-users/as-listed',
    title: 'findUsers and getUser tell all of a user that the list of users tells',
    play: async (stage) => {
      const { items } = await readWhole(stage, stage.provider.listUsers())
      const references = items.map(({ id }) => ({ id }))
      const lookups = await runRight(stage, findUsers(stage.provider, references), 'findUsers')
      for (const [index, listed] of items.entries()) {
        const lookup = lookups[index]
        if (lookup?.kind === 'found') compareFacts(lookup.user, listed)
      }
      for (const listed of items.slice(0, A_FEW)) {
        compareFacts(await runRight(stage, stage.provider.getUser({ id: listed.id }), 'getUser'), listed)
      }
    },
  },
  {
    id: 'find-users/as-get-user',
    title: 'findUsers, few or many, and getUser find the same user for an e-mail address, or both call it ambiguous',
    needs: ['userByEmail'],
    play: async (stage) => {
      const references = byEmail(stage).map(({ reference }) => reference)
      const many = Array.from({ length: Math.ceil(MANY / references.length) }, () => references).flat()
      const lookups = await runRight(stage, findUsers(stage.provider, many), 'findUsers')
      for (const [index, reference] of references.entries()) {
        const lookup = lookups[index]
        if (lookup !== undefined) await compareAnswers(stage, reference, lookup)
      }
    },
  },
  {
    id: 'find-users/requests',
    title: 'unknown users cost a few requests each, and together at most one reading of all users',
    play: async (stage) => {
      const { provider, served } = stage
      await readWhole(stage, provider.listLicenses())
      await readWhole(stage, provider.listUsers())
      const aReading = served.requests()
      const references = Array.from({ length: A_FEW }, (_, index) => ({ id: stage.userId(`user-none-${index}`) }))
      const lookups = await runRight(stage, findUsers(provider, references), 'findUsers')
      must(lookups.length === A_FEW && lookups.every(({ kind }) => kind === 'notFound'), 'an unknown user was found')
      const spent = served.requests() - aReading
      const allowed = A_FEW * LOOK_UPS_EACH + aReading
      must(spent <= allowed, `${spent} requests were made for ${A_FEW} users, ${allowed} are enough`)
    },
  },
  {
    id: 'find-users/bad-credentials',
    title: 'findUsers with wrong credentials fails as a whole with AuthenticationFailed: no user is found or not found',
    disturbance: 'badCredentials',
    play: async (stage) => {
      const references = Array.from({ length: MANY }, (_, index) => ({ id: stage.userId(`user-${index}`) }))
      const result = await run(stage, findUsers(stage.provider, references))
      must(result._tag === 'Left', 'findUsers succeeded with wrong credentials')
      mustBe(result.left, ['AuthenticationFailed'], 'findUsers')
    },
  },
]
