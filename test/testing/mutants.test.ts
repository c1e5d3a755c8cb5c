import { describe, expect, test } from 'vitest'
import { conformanceScenarios } from '../../src/testing/index.ts'
import { changingMutants } from './changing-mutants.ts'
import { eventMutants } from './event-mutants.ts'
import { findingMutants } from './finding-mutants.ts'
import { listMutants } from './list-mutants.ts'
import { harnessOf, type Mutant, patient } from './mutant.ts'
import { oneOrganizationMutants } from './one-organization-mutants.ts'
import { recordMutants } from './record-mutants.ts'
import { resumingMutants } from './resuming-mutants.ts'
import { workspaceMutants } from './workspace-mutants.ts'

const mutants: readonly Mutant[] = [
  ...listMutants,
  ...recordMutants,
  ...resumingMutants,
  ...findingMutants,
  ...changingMutants,
  ...oneOrganizationMutants,
  ...workspaceMutants,
  ...eventMutants,
]

describe('a provider that', () => {
  for (const mutant of mutants) {
    const { defect, killedBy, saying } = mutant
    test(`${defect} fails ${killedBy}`, async () => {
      const scenario = conformanceScenarios(harnessOf(mutant)).find(({ id }) => id === killedBy)
      expect(scenario, `there is no scenario ${killedBy}`).toBeDefined()
      expect(scenario?.skip).toBeUndefined()
      await expect(scenario?.run()).rejects.toThrow(saying)
    })
  }

  for (const mutant of changingMutants) {
    const { defect, killedBy, alsoKilledBy = [] } = mutant
    test(`${defect} fails no other scenario of changing than it has to`, async () => {
      const failing: string[] = []
      for (const { id, run, skip } of conformanceScenarios(harnessOf(mutant))) {
        if (id.startsWith('changing/') && skip === undefined) await run().catch(() => failing.push(id))
      }
      expect(failing.sort()).toEqual([killedBy, ...alsoKilledBy].sort())
    })
  }

  // The example passes them under plain Node: test/examples.test.ts.
  test('has no defect passes every scenario that the mutants fail', async () => {
    const wanted = new Set(mutants.flatMap(({ harness, killedBy }) => (harness === undefined ? killedBy : [])))
    const scenarios = conformanceScenarios(harnessOf({ mutate: patient })).filter(({ id }) => wanted.has(id))
    for (const scenario of scenarios) await scenario.run()
    expect(scenarios).toHaveLength(wanted.size)
  })
})
