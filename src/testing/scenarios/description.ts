import {
  type Capabilities,
  isProviderId,
  type LicenseProvider,
  type Operation,
  type Support,
  supportOf,
  Values,
} from '../../provider-kit/index.ts'
import { must } from '../must.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import { reasonAgainst } from '../stage.ts'

const methodsOf = (provider: LicenseProvider): ReadonlyMap<Operation, unknown> =>
  new Map<Operation, unknown>([
    ['listLicenses', provider.listLicenses],
    ['getLicense', provider.getLicense],
    ['listUsers', provider.listUsers],
    ['getUser', provider.getUser],
    ['listHolders', provider.listHolders],
    ['listWorkspaces', provider.listWorkspaces],
    ['changeAssignments', provider.changeAssignments],
  ])

const OPTIONAL: ReadonlySet<Operation> = new Set(['listHolders', 'listWorkspaces', 'changeAssignments'])

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === ''

/** Whether it says why, as far as it has to; one that is stated as no version before has stated it is not for this suite. */
const explained = (support: Support): boolean => {
  if (support.support === 'unsupported') return !isBlank(support.reason)
  return support.support !== 'conditional' || !isBlank(support.toGet)
}

type Part = keyof Capabilities

const statedIn = (capabilities: Capabilities, ...parts: readonly Part[]): readonly (readonly [string, Support])[] =>
  parts
    .flatMap((part): readonly [string, Support | undefined][] => Object.entries(capabilities[part] ?? {}))
    .flatMap(([thing, support]) => (support === undefined ? [] : [[thing, support] as const]))

export const descriptionScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'description/identity',
    title: 'the provider names the version of the contract, its id, its vendor and its display name',
    play: async ({ provider }) => {
      must(provider.specificationVersion === 'v1', `the specification version is ${provider.specificationVersion}`)
      must(isProviderId(provider.id), `"${provider.id}" is not a lower-case slug`)
      must(provider.vendor.trim() !== '', 'the vendor has no name')
      must(provider.displayName.trim() !== '', 'the provider has no name for people')
      must(Values.isRecord(provider.capabilities), 'the provider has no `capabilities`; an empty object states nothing')
    },
  },
  {
    id: 'description/methods',
    title: 'the capabilities agree with the methods of the provider',
    play: async ({ provider }) => {
      for (const [operation, method] of methodsOf(provider)) {
        const { support } = supportOf(provider.capabilities, 'operations', operation)
        // Whether an optional method is there says whether the vendor can; the others are there to say that it cannot.
        const optional = OPTIONAL.has(operation)
        const there = typeof method === 'function'
        must(there || optional, `${operation} is missing`)
        must(
          !optional || support === 'unknown' || there === (support !== 'unsupported'),
          `${operation} is ${support}, its method says otherwise`,
        )
      }
    },
  },
  {
    id: 'description/changing',
    title: 'the harness tests changes unless the capabilities call them unsupported',
    play: async ({ provider, harness }) => {
      const { support } = supportOf(provider.capabilities, 'operations', 'changeAssignments')
      const tested = reasonAgainst(harness, 'changing') === undefined
      must(
        support === 'unknown' || tested === (support !== 'unsupported'),
        `changeAssignments is ${support}, and the harness ${tested ? 'does not declare' : 'declares'} it unsupported`,
      )
    },
  },
  {
    id: 'description/resuming',
    title: 'the harness tests resuming unless the capabilities call it unsupported',
    play: async ({ provider, harness }) => {
      const { support } = supportOf(provider.capabilities, 'operations', 'resumeUsers')
      const tested = reasonAgainst(harness, 'continuation') === undefined
      must(
        support === 'unknown' || tested === (support !== 'unsupported'),
        `resumeUsers is ${support}, and the harness ${tested ? 'does not declare it' : 'declares continuation'} unsupported`,
      )
    },
  },
  {
    id: 'description/workspaces',
    title: 'the harness tests workspaces unless the capabilities call them unsupported',
    play: async ({ provider, harness }) => {
      const { support } = supportOf(provider.capabilities, 'operations', 'listWorkspaces')
      const tested = reasonAgainst(harness, 'workspaces') === undefined
      must(
        support === 'unknown' || tested === (support !== 'unsupported'),
        `listWorkspaces is ${support}, and the harness ${tested ? 'does not declare workspaces' : 'declares workspaces'} unsupported`,
      )
    },
  },
  {
    id: 'description/reasons',
    title: 'a capability that is not supported, or not always, has a reason',
    play: async ({ provider }) => {
      const parts = ['operations', 'licenseFields', 'userFields', 'workspaceFields'] as const
      for (const [what, support] of statedIn(provider.capabilities, ...parts)) {
        must(explained(support), `${what} is ${support.support} and does not say why`)
      }
    },
  },
  {
    id: 'description/fields',
    title: 'a field that the vendor does not provide is not called supported',
    play: async ({ provider, harness }) => {
      const supports = new Map(statedIn(provider.capabilities, 'licenseFields', 'userFields'))
      const untold = [
        ...Object.entries(harness.untold?.licenseFields ?? {}),
        ...Object.entries(harness.untold?.userFields ?? {}),
      ].filter(([, reason]) => reason !== undefined)
      for (const [field] of untold) {
        const support = supports.get(field)?.support
        must(
          support !== 'supported',
          `${field} is called supported, but the harness declares it as one that the vendor does not provide`,
        )
      }
    },
  },
]
