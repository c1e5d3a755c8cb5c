import type { AssignmentChange, LicenseError, Paged } from '../../provider-kit/index.ts'
import { isWhole, listHolders } from '../../provider-kit/index.ts'
import { conformancePageSize } from '../disturbance.ts'
import { must } from '../must.ts'
import { mustBeRefused, outcomesOf } from '../outcomes.ts'
import { read, readWhole, runLeft } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import { onStageBeside, type StageBeside } from '../stage.ts'
import { compareLicenses, compareUsers } from '../truth.ts'
import { holdersIn } from '../world.ts'

/** All failures that a provider may answer with; those that invite a retry are no answer. */
const REFUSALS: readonly LicenseError['_tag'][] = ['NotFound', 'RequestRejected', 'Untrusted', 'PermissionDenied']

const paged = { pageSize: conformancePageSize }

const besideAnother = (
  specification: Omit<ScenarioSpecification, 'play'>,
  play: (stage: StageBeside) => Promise<void>,
): ScenarioSpecification => ({
  ...specification,
  needs: [...(specification.needs ?? []), 'otherOrganization'],
  play: onStageBeside(play),
})

/** The provider must show nothing of the other organization. How it refuses is free. */
const mustShowNothing = async (stage: StageBeside, list: Paged<unknown>, what: string): Promise<void> => {
  const { items } = await read(stage, list)
  must(items.length === 0, `${what} shows ${items.length} items of another organization`)
}

/** Where the pages of a list of the other organization lead to. */
const continuationsOf = async (stage: StageBeside, list: Paged<unknown>): Promise<readonly string[]> => {
  const { pages } = await readWhole(stage, list)
  return pages.flatMap(({ continuation }) => continuation ?? [])
}

const changesOfTheirs = ({ otherWorld }: StageBeside): readonly AssignmentChange[] => {
  const licenseId = otherWorld.busiestLicenseId
  const [holder] = holdersIn(otherWorld, licenseId)
  const outsider = otherWorld.users.find(({ licenseIds }) => !licenseIds.includes(licenseId))
  must(holder !== undefined && outsider !== undefined, 'the other world has lost its users')
  return [
    { action: 'assign', userId: outsider.id, licenseId },
    { action: 'remove', userId: holder.id, licenseId },
  ]
}

export const oneOrganizationScenarios: readonly ScenarioSpecification[] = [
  besideAnother(
    {
      id: 'organization/lists',
      title: 'a provider lists its own organization only, although the credential reaches another',
    },
    async (stage) => {
      compareLicenses(stage, (await readWhole(stage, stage.provider.listLicenses())).items)
      compareUsers(stage, (await readWhole(stage, stage.provider.listUsers(paged))).items)
    },
  ),
  besideAnother(
    {
      id: 'organization/ids',
      title: 'a license id or user id of another organization shows nothing of it',
    },
    async (stage) => {
      for (const { id } of stage.otherWorld.licenses) {
        await runLeft(stage, stage.provider.getLicense(id), REFUSALS, `getLicense ${id} of another organization`)
        await mustShowNothing(stage, listHolders(stage.provider, id, paged), `listHolders ${id}`)
      }
      for (const { id } of stage.otherWorld.users) {
        await runLeft(stage, stage.provider.getUser({ id }), REFUSALS, `getUser ${id} of another organization`)
      }
    },
  ),
  besideAnother(
    {
      id: 'organization/continuation',
      title: 'a continuation of a list of another organization shows nothing of it',
      needs: ['continuation'],
    },
    async (stage) => {
      const { provider, served, otherWorld } = stage
      const theirs = new Set(otherWorld.users.map(({ id }) => id))
      for (const continuation of await continuationsOf(stage, served.other.listUsers(paged))) {
        const { items } = await read(stage, provider.listUsers({ ...paged, continuation }))
        const shown = items.find(({ id }) => theirs.has(id))
        must(shown === undefined, `a continuation shows user ${shown?.id} of another organization`)
      }
      const { busiestLicenseId: licenseId } = otherWorld
      for (const continuation of await continuationsOf(stage, listHolders(served.other, licenseId, paged))) {
        await mustShowNothing(stage, listHolders(provider, licenseId, { ...paged, continuation }), 'a continuation')
        const { items } = await read(
          stage,
          listHolders(provider, stage.world.busiestLicenseId, { ...paged, continuation }),
        )
        const shown = items.find(({ userId }) => theirs.has(userId))
        must(shown === undefined, `a continuation shows holder ${shown?.userId} of another organization`)
      }
    },
  ),
  besideAnother(
    {
      id: 'organization/changing',
      title: 'no license of another organization is assigned or removed',
      needs: ['changing'],
    },
    async (stage) => {
      mustBeRefused(await outcomesOf(stage, changesOfTheirs(stage)), REFUSALS)
      const { otherWorld, served } = stage
      const there = { ...stage, world: otherWorld, provider: served.other }
      const { items, ledger } = await readWhole(there, served.other.listUsers())
      compareUsers(there, items)
      must(isWhole(ledger), `the verdict of the other organization is ${ledger.verdict}`)
    },
  ),
]
