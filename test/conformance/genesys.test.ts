import { test } from 'vitest'
import { diagnoseGenesys } from '../../providers/genesys/diagnosis.ts'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { type GenesysContract, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { withDeclaredLicenses } from '../../src/index.ts'
import { createRequestBudget } from '../../src/provider-kit/index.ts'
import type { Fault } from '../../src/simulator-kit/index.ts'
import {
  type ConformanceHarness,
  conformancePageSize,
  faultsOf,
  hastyClock,
  misbehaviorsOf,
  pageScript,
  runnerOf,
  testConformance,
  type World,
} from '../../src/testing/index.ts'
import { diagnosing } from '../support/diagnosing.ts'

const USERS = '/api/v2/license/users'
const CHANGES = '/api/v2/license/organization'
/** Fewer than there are pages, so that more of them under way would be seen. */
const CONCURRENCY = 4
const NO_TOKENS = 'pages are asked for by number, and no next link is followed'

const stateOf = (status: World['users'][number]['status']) => (status === 'unknown' ? 'active' : status)

const rowsOf = (world: World) => world.users.map(({ id, licenseIds }) => ({ id, licenses: licenseIds }))

/** What was bought of each license, and is billed for its holders. What comes free is in no plan. */
const contractOf = ({ licenses, users }: World): GenesysContract => ({
  id: 'contract',
  externalNumber: 'C-1',
  dateStart: '2000-01-01',
  dateEnd: '2099-12-31',
  plans: licenses.flatMap(({ id, name, purchased }) =>
    purchased.kind === 'known' ? [{ sku: id, name, items: [{ quantity: purchased.value }] }] : [],
  ),
  billingPeriods: [
    {
      id: 'period',
      dateStart: '2000-01-01',
      dateEnd: '2099-12-31',
      status: 'Open',
      charges: licenses.map(({ id, name }) => ({
        sku: id,
        name,
        actualQuantity: users.filter(({ licenseIds }) => licenseIds.includes(id)).length,
      })),
    },
  ],
})

const harness: ConformanceHarness = {
  name: 'genesys',
  maximumInFlight: CONCURRENCY,
  unsupported: {
    workspaces: 'the vendor gives licenses to users only',
    externalUser: 'only users of the organization can hold its licenses',
    pendingLicense: 'assignments take effect at once',
    repeatedToken: NO_TOKENS,
    emptyToken: NO_TOKENS,
    foreignNextLink: NO_TOKENS,
  },
  untold: {
    licenseFields: { metric: 'not declared here', purchased: 'what comes free is in no contract' },
  },
  diagnoses: true,
  serve: async (world, disturbance, { concurrency = CONCURRENCY, onEvent } = {}) => {
    const clock = hastyClock()
    const simulator = await startGenesysSimulator({
      now: clock.now,
      billing: { contracts: [contractOf(world)] },
      world: {
        definitions: world.licenses.map(({ id, name, requires, includes }) => ({
          id,
          description: name,
          prerequisites: requires,
          comprises: includes,
        })),
        licenseRows: rowsOf(world),
        directory: world.users
          .filter(({ inDirectory }) => inDirectory)
          .map(({ id, displayName = '', email, status, lastActiveAt }) => ({
            id,
            name: displayName,
            state: stateOf(status),
            ...(email === undefined ? {} : { email }),
            ...(lastActiveAt === undefined ? {} : { dateLastLogin: lastActiveAt }),
          })),
      },
    })
    const page = (pageNumber: number) => ({
      path: USERS,
      query: { pageNumber: String(pageNumber), pageSize: String(conformancePageSize) },
    })
    const script = pageScript(disturbance, rowsOf(world), (row) => ({
      ...Object(row),
      licenses: ['license-otherwise'],
    }))
    const scripted: readonly Fault[] =
      script === undefined
        ? []
        : [
            {
              match: { path: USERS },
              effect: {
                kind: 'rewrite',
                rewrite: (answer, { query }) => {
                  const pageNumber = Number(query.get('pageNumber'))
                  const { rows, total, pageCount, pageSize } = script(pageNumber)
                  // What is undefined is left out of JSON.
                  const listing = { entities: rows, pageNumber, pageSize, total, pageCount }
                  return { ...answer, body: JSON.stringify(listing) }
                },
              },
            },
          ]
    const faults = faultsOf(disturbance, {
      api: { path: '/api/v2/*' },
      pages: { path: USERS },
      firstPage: page(1),
      secondPage: page(2),
      directory: { path: '/api/v2/users' },
      changes: { method: 'POST', path: CHANGES },
      refusal: {
        status: 403,
        body: {
          message: 'You must have at least one of the following permissions assigned: [authorization:license:view]',
          code: 'missing.any.permissions',
          status: 403,
        },
      },
      expireTokens: simulator.tokens.expire,
    })
    for (const fault of [...scripted, ...faults]) simulator.faults.add(fault)
    // A request with a user that it does not take is refused as a whole.
    const refusal = { status: 400, code: 'invalid.value', message: 'One of the users cannot be updated.' }
    for (const one of misbehaviorsOf(disturbance, { world, refusal })) simulator.writes.add(one)

    const { configuration } = simulator
    const clientSecret = disturbance === 'badCredentials' ? 'not the secret' : configuration.clientSecret
    const config = {
      ...configuration,
      clientSecret,
      pageSize: conformancePageSize,
      billing: { source: 'contracts' },
    } as const
    const provider = withDeclaredLicenses(
      createGenesysProvider(config, { clock, onEvent, budget: createRequestBudget({ clock, concurrency }) }),
      new Map(world.licenses.map(({ id }) => [id, { sku: [id] }])),
      { clock },
    )
    return {
      provider,
      diagnose: diagnosing(provider, (host) => diagnoseGenesys(config, host), clock),
      requests: () => simulator.requests.count(),
      maximumInFlight: simulator.requests.maximumInFlight,
      secrets: [clientSecret, configuration.clientSecret],
      stop: simulator.destroy,
    }
  },
}

testConformance(runnerOf(test), harness)
