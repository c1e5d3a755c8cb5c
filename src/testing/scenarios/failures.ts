import { isWhole, type LicenseError } from '../../provider-kit/index.ts'
import { conformancePageSize, type Disturbance, disturbances } from '../disturbance.ts'
import { must } from '../must.ts'
import { mustBe, read, readWhole, runLeft } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { compareLicenses, compareUsers } from '../truth.ts'

const passes = (disturbance: Disturbance): ScenarioSpecification => ({
  id: `failures/${disturbance}`,
  title: `${disturbances[disturbance]} is overcome`,
  disturbance,
  play: async (stage) => {
    const users = await readWhole(stage, stage.provider.listUsers({ pageSize: conformancePageSize }))
    compareUsers(stage, users.items)
    must(isWhole(users.ledger), `the verdict is ${users.ledger.verdict}`)
    compareLicenses(stage, (await readWhole(stage, stage.provider.listLicenses())).items)
  },
})

/** The same failure from every call. */
const everywhere = async (
  stage: Stage,
  tag: LicenseError['_tag'],
  check: (error: LicenseError, what: string) => void = () => {},
): Promise<void> => {
  const { provider, world } = stage
  const checked = (error: LicenseError | undefined, what: string) => {
    mustBe(error, [tag], what)
    if (error !== undefined) check(error, what)
  }
  checked((await read(stage, provider.listLicenses())).error, 'listLicenses')
  checked((await read(stage, provider.listUsers())).error, 'listUsers')
  checked(await runLeft(stage, provider.getLicense(world.busiestLicenseId), [tag], 'getLicense'), 'getLicense')
  checked(await runLeft(stage, provider.getUser({ id: stage.userId('user-01') }), [tag], 'getUser'), 'getUser')
}

export const failureScenarios: readonly ScenarioSpecification[] = [
  passes('serverErrorOnce'),
  passes('rateLimitedOnce'),
  passes('truncatedBodyOnce'),
  passes('tokenExpires'),
  {
    id: 'failures/rateLimitedForAnHour',
    title: 'a provider does not wait for a rate limit of an hour, and the error says how long it lasts',
    disturbance: 'rateLimitedForAnHour',
    play: async (stage) => {
      const { error } = await read(stage, stage.provider.listLicenses())
      mustBe(error, ['RateLimited'], 'listLicenses')
      const retryAfterMs = error?._tag === 'RateLimited' ? error.retryAfterMs : undefined
      must(retryAfterMs === 3_600_000, `the error says ${retryAfterMs} ms`)
    },
  },
  {
    id: 'failures/badCredentials',
    title: 'every call with wrong credentials fails with AuthenticationFailed',
    disturbance: 'badCredentials',
    play: (stage) => everywhere(stage, 'AuthenticationFailed'),
  },
  {
    id: 'failures/permissionDenied',
    title: 'every call without a permission fails with PermissionDenied, which names the permission',
    disturbance: 'permissionDenied',
    play: (stage) =>
      everywhere(stage, 'PermissionDenied', (error, what) => {
        const missing = error._tag === 'PermissionDenied' ? error.missing : []
        must(missing.length > 0, `${what} does not name what is missing`)
        for (const name of missing) must(error.message.includes(name), `the message of ${what} does not name ${name}`)
      }),
  },
]
