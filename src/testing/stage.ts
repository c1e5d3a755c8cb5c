import type { LicenseProvider } from '../provider-kit/index.ts'
import type { ConformanceHarness, Requirement, Served, ServedBeside, ServeSettings } from './conformance-harness.ts'
import type { Disturbance } from './disturbance.ts'
import { must } from './must.ts'
import { createConformanceWorld, type World, type WorldFeature, worldFeatures } from './world.ts'

/** What a scenario plays on: a provider in front of the world, and the means to look behind it. */
export interface Stage {
  readonly harness: ConformanceHarness
  readonly world: World
  readonly served: Served
  readonly provider: LicenseProvider
  /** How many requests the provider may have under way at once. */
  readonly maximumInFlight: number
  /** The harness's form of an id of the world. */
  readonly licenseId: (id: string) => string
  readonly userId: (id: string) => string
}

const DEFAULT_MAXIMUM_IN_FLIGHT = 8

const isFeature = (requirement: string): requirement is WorldFeature => Object.hasOwn(worldFeatures, requirement)

/** Why a harness cannot meet a requirement; undefined where it can. */
export const reasonAgainst = (harness: ConformanceHarness, requirement: Requirement): string | undefined => {
  const reason = harness.unsupported?.[requirement]
  if (reason !== undefined) return reason
  if (requirement === 'otherOrganization' && harness.beside === undefined) {
    return 'the harness has one organization for a credential'
  }
  return requirement === 'diagnosis' && harness.diagnoses !== true ? 'the harness has no diagnosis' : undefined
}

const featuresWithout = (harness: ConformanceHarness): ReadonlySet<WorldFeature> =>
  new Set(
    Object.keys(worldFeatures)
      .filter(isFeature)
      .filter((feature) => harness.unsupported?.[feature] !== undefined),
  )

/** Sets the stage, plays, and clears it away whatever happened. */
export const onStage = async (
  harness: ConformanceHarness,
  disturbance: Disturbance | undefined,
  play: (stage: Stage) => Promise<void>,
  settings: ServeSettings = {},
): Promise<void> => {
  const { licenseId, userId, workspaceId, asInCatalog } = harness
  const world = createConformanceWorld({
    without: featuresWithout(harness),
    licenseId,
    userId,
    workspaceId,
    asInCatalog,
  })
  const served = await harness.serve(world, disturbance, settings)
  try {
    must(served.requests() === 0, 'the harness counts requests before the provider was used')
    await play({
      harness,
      world,
      served,
      provider: served.provider,
      maximumInFlight: harness.maximumInFlight ?? DEFAULT_MAXIMUM_IN_FLIGHT,
      licenseId: harness.licenseId ?? ((id) => id),
      userId: harness.userId ?? ((id) => id),
    })
  } finally {
    await served.stop?.()
  }
}

/** A stage with another organization beside the provider's own. */
export interface StageBeside extends Stage {
  readonly served: ServedBeside
  /** The other organization. */
  readonly otherWorld: World
}

/** Sets such a stage in the place of the one that is there, plays, and clears it away whatever happened. */
export const onStageBeside =
  (play: (stage: StageBeside) => Promise<void>) =>
  async (stage: Stage): Promise<void> => {
    const { beside } = stage.harness
    must(beside !== undefined, 'the harness has no other organization')
    const { licenseId, userId } = beside
    const otherWorld = createConformanceWorld({
      without: featuresWithout(stage.harness),
      licenseId,
      userId,
      asInCatalog: stage.harness.asInCatalog,
    })
    const served = await beside.serve(stage.world, otherWorld)
    try {
      await play({ ...stage, served, provider: served.provider, otherWorld })
    } finally {
      await served.stop?.()
    }
  }
