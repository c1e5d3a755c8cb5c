import { must } from '../must.ts'
import { runLeft, runRight } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { compareLicense, compareUser } from '../truth.ts'
import { lookalikesOf, worldIds } from '../world.ts'

const findById = async (stage: Stage, id: string): Promise<void> => {
  const user = await runRight(stage, stage.provider.getUser({ id }), `getUser ${id}`)
  const expected = stage.world.users.find((one) => one.id === id)
  must(expected !== undefined, `the world has lost user ${id}`)
  compareUser(stage, user, expected)
}

/** Nothing, what leads to another place, and half a character, which encoding for an address throws at. */
const unaddressable = ['', '.', '..', '\ud800', 'x\udc00y'] as const

export const oneShotScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'get-license/truth',
    title: 'getLicense gives every license by its id',
    play: async (stage) => {
      for (const expected of stage.world.licenses) {
        const license = await runRight(stage, stage.provider.getLicense(expected.id), `getLicense ${expected.id}`)
        compareLicense(stage, license, expected)
        must(!('raw' in license), `license ${expected.id} carries its record`)
      }
    },
  },
  {
    id: 'get-license/not-found',
    title: 'getLicense is NotFound for a license that the vendor does not define',
    play: async (stage) => {
      await runLeft(stage, stage.provider.getLicense(stage.licenseId('license-none')), ['NotFound'], 'getLicense')
    },
  },
  {
    id: 'get-license/unaddressable-id',
    title: 'an id that no address can have is NotFound or RequestRejected, and nothing is thrown',
    play: async (stage) => {
      for (const id of unaddressable) {
        await runLeft(stage, stage.provider.getLicense(id), ['NotFound', 'RequestRejected'], 'getLicense')
      }
    },
  },
  {
    id: 'get-user/by-id',
    title: 'getUser gives every user of the directory by id, with all licenses of the user',
    play: async (stage) => {
      for (const { id, inDirectory } of stage.world.users) if (inDirectory) await findById(stage, id)
    },
  },
  {
    id: 'get-user/not-in-directory',
    title: 'getUser gives a holder without a directory record by id',
    needs: ['userNotInDirectory'],
    play: (stage) => findById(stage, stage.userId(worldIds.notInDirectory)),
  },
  {
    id: 'get-user/external',
    title: 'getUser gives an external holder by id',
    needs: ['externalUser'],
    play: (stage) => findById(stage, stage.userId(worldIds.external)),
  },
  {
    id: 'get-user/by-email',
    title: 'getUser gives a user by e-mail address, without regard to case',
    needs: ['userByEmail'],
    play: async (stage) => {
      const expected = stage.world.users.find(({ id }) => id === stage.userId(worldIds.severalLicenses))
      must(expected?.email !== undefined, 'the world has lost a user')
      const { email } = expected
      for (const asked of [email, email.toUpperCase()]) {
        compareUser(stage, await runRight(stage, stage.provider.getUser({ email: asked }), 'getUser'), expected)
      }
    },
  },
  {
    id: 'get-user/lookalike',
    title: 'e-mail addresses are compared without regard to the case of A to Z, and of no other letter',
    needs: ['userByEmail'],
    play: async (stage) => {
      const email = stage.world.users.find(({ id }) => id === stage.userId(worldIds.severalLicenses))?.email
      must(email !== undefined, 'the world has lost a user')
      for (const asked of lookalikesOf(email)) {
        await runLeft(stage, stage.provider.getUser({ email: asked }), ['NotFound'], 'getUser')
      }
    },
  },
  {
    id: 'get-user/not-found',
    title: 'getUser is NotFound for an unknown id',
    play: async (stage) => {
      await runLeft(stage, stage.provider.getUser({ id: stage.userId('user-none') }), ['NotFound'], 'getUser')
    },
  },
  {
    id: 'get-user/unaddressable-id',
    title: 'an id that no address can have is NotFound or RequestRejected, and nothing is thrown',
    play: async (stage) => {
      for (const id of unaddressable) {
        await runLeft(stage, stage.provider.getUser({ id }), ['NotFound', 'RequestRejected'], 'getUser')
      }
    },
  },
  {
    id: 'get-user/email-not-found',
    title: 'getUser is NotFound for an unknown e-mail address, and the error does not repeat it',
    needs: ['userByEmail'],
    play: async (stage) => {
      const error = await runLeft(
        stage,
        stage.provider.getUser({ email: 'nobody@example.com' }),
        ['NotFound'],
        'getUser',
      )
      must(!JSON.stringify(error).includes('nobody@example.com'), 'the error repeats the e-mail address')
    },
  },
  {
    id: 'get-user/address-left-behind',
    title: 'getUser prefers an active user to a deleted one with the same e-mail address',
    needs: ['deletedUser', 'userByEmail'],
    play: async (stage) => {
      const expected = stage.world.users.find(({ id }) => id === stage.userId(worldIds.successor))
      must(expected?.email !== undefined, 'the world has lost a user')
      compareUser(stage, await runRight(stage, stage.provider.getUser({ email: expected.email }), 'getUser'), expected)
    },
  },
  {
    id: 'get-user/conflict',
    title: 'getUser is a Conflict for an e-mail address of several users',
    needs: ['sharedEmail', 'userByEmail'],
    play: async (stage) => {
      await runLeft(stage, stage.provider.getUser({ email: 'shared@example.com' }), ['Conflict'], 'getUser')
    },
  },
]
