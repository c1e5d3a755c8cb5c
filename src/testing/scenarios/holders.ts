import { type Holder, type LicenseProvider, listHolders } from '../../provider-kit/index.ts'
import { conformancePageSize } from '../disturbance.ts'
import { must } from '../must.ts'
import { readWhole } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import type { Stage } from '../stage.ts'
import { holdersIn } from '../world.ts'

const compareHolders = (stage: Stage, licenseId: string, actual: readonly Holder[]): void => {
  const found = new Set<string>()
  for (const holder of actual) {
    must(holder.provider === stage.provider.id, `a holder carries the provider "${holder.provider}"`)
    must(holder.licenseId === licenseId, `a holder of ${licenseId} carries the license ${holder.licenseId}`)
    must(!found.has(holder.userId), `the holder ${holder.userId} of ${licenseId} was delivered twice`)
    must(!('raw' in holder), `the holder ${holder.userId} carries its record`)
    found.add(holder.userId)
  }
  const expected = holdersIn(stage.world, licenseId).map(({ id }) => id)
  for (const id of expected) must(found.has(id), `the holder ${id} of ${licenseId} is missing`)
  must(found.size === expected.length, `${found.size} hold ${licenseId}, not ${expected.length}`)
}

const compareAllHolders = async (stage: Stage, provider: LicenseProvider): Promise<void> => {
  for (const { id } of stage.world.licenses) {
    const list = listHolders(provider, id, { pageSize: conformancePageSize })
    compareHolders(stage, id, (await readWhole(stage, list)).items)
  }
}

export const holderScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'holders/truth',
    title: 'listHolders lists every holder of a license once, and no other user',
    play: (stage) => compareAllHolders(stage, stage.provider),
  },
  {
    id: 'holders/fallback',
    title: 'the holders picked from listUsers are the same',
    play: (stage) => {
      const { listHolders: _, ...provider } = stage.provider
      return compareAllHolders(stage, provider)
    },
  },
]
