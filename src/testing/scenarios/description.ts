import {
  type Capabilities,
  isProviderId,
  type LicenseProvider,
  type Operation,
  type Support,
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
    ['changeAssignments', provider.changeAssignments],
  ])

const OPTIONAL: ReadonlySet<Operation> = new Set(['listHolders', 'changeAssignments'])

const explained = (support: Support): boolean =>
  support.support === 'supported' || (support.support === 'unsupported' ? support.reason : support.on).trim() !== ''

const allOf = ({ operations, licenseFields, userFields }: Capabilities): readonly (readonly [string, Support])[] =>
  [operations, licenseFields, userFields].flatMap((part): [string, Support][] => Object.entries(part))

export const descriptionScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'description/identity',
    title: 'the provider says which version of the contract it keeps, which instance and whose it is',
    play: async ({ provider }) => {
      must(provider.specificationVersion === 'v1', `the specification version is ${provider.specificationVersion}`)
      must(isProviderId(provider.id), `"${provider.id}" is not a lower-case slug`)
      must(provider.vendor.trim() !== '', 'the vendor has no name')
      must(provider.displayName.trim() !== '', 'the provider has no name for people')
    },
  },
  {
    id: 'description/methods',
    title: 'the capabilities agree with the methods that are there',
    play: async ({ provider }) => {
      for (const [operation, method] of methodsOf(provider)) {
        const { support } = provider.capabilities.operations[operation]
        // Whether an optional method is there says whether the vendor can; the others are there to say that it cannot.
        const optional = OPTIONAL.has(operation)
        const there = typeof method === 'function'
        must(there || optional, `${operation} is missing`)
        must(
          !optional || there === (support !== 'unsupported'),
          `${operation} is ${support}, its method says otherwise`,
        )
      }
    },
  },
  {
    id: 'description/changing',
    title: 'changing assignments is tested unless the capabilities call it unsupported',
    play: async ({ provider, harness }) => {
      const { support } = provider.capabilities.operations.changeAssignments
      const tested = reasonAgainst(harness, 'changing') === undefined
      must(
        tested === (support !== 'unsupported'),
        `changeAssignments is ${support}, and the harness ${tested ? 'does not declare' : 'declares'} it unsupported`,
      )
    },
  },
  {
    id: 'description/resuming',
    title: 'going on with the list of users is tested unless the capabilities call it unsupported',
    play: async ({ provider, harness }) => {
      const { support } = provider.capabilities.operations.resumeUsers
      const tested = reasonAgainst(harness, 'continuation') === undefined
      must(
        tested === (support !== 'unsupported'),
        `resumeUsers is ${support}, and the harness ${tested ? 'does not declare it' : 'declares continuation'} unsupported`,
      )
    },
  },
  {
    id: 'description/reasons',
    title: 'whatever is not supported, or not always, says why',
    play: async ({ provider }) => {
      for (const [what, support] of allOf(provider.capabilities)) {
        must(explained(support), `${what} is ${support.support} and does not say why`)
      }
    },
  },
  {
    id: 'description/fields',
    title: 'a field that the vendor does not tell is not called supported',
    play: async ({ provider, harness }) => {
      const { licenseFields, userFields } = provider.capabilities
      const supports = new Map<string, Support>([...Object.entries(licenseFields), ...Object.entries(userFields)])
      const untold = [
        ...Object.keys(harness.untold?.licenseFields ?? {}),
        ...Object.keys(harness.untold?.userFields ?? {}),
      ]
      for (const field of untold) {
        const support = supports.get(field)?.support
        must(support !== 'supported', `${field} is called supported, and the harness says that it is not told`)
      }
    },
  },
]
