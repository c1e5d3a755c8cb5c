import { createRequestBudget, diagnoseProviders, type ProviderHost } from 'seatlens/provider-kit'
import { json } from 'seatlens/simulator-kit'
import {
  type ConformanceHarness,
  conformancePageSize,
  faultsOf,
  hastyClock,
  holdersIn,
  misbehaviorsOf,
  pageScript,
  type ScriptedPage,
  type World,
} from 'seatlens/testing'
import { diagnoseAcme } from './definition.ts'
import { createAcmeProvider } from './provider.ts'
import { type AcmeOrganization, startAcmeSimulator } from './simulator.ts'

const boughtOf = ({ purchased }: World['licenses'][number]) => (purchased.kind === 'known' ? purchased.value : null)

/** The suite's organization, as Acme would have it. */
const organizationOf = (world: World): AcmeOrganization => ({
  products: world.licenses.map((license) => ({
    id: license.id,
    name: license.name,
    bought: boughtOf(license),
    used: holdersIn(world, license.id).length,
  })),
  seats: world.users.map(({ id, displayName, email, status, licenseIds }) => ({
    id,
    name: displayName,
    email,
    state: status === 'active' ? 'enabled' : 'disabled',
    products: licenseIds,
  })),
})

/** The cursor that leads from a page to the next one. */
const nextOf = (leadsTo: ScriptedPage['leadsTo'], pageNumber: number): string | null => {
  if (leadsTo === 'no name') return ''
  if (leadsTo === 'itself') return String(pageNumber)
  return leadsTo === 'the next' ? String(pageNumber + 1) : null
}

export const acmeHarness: ConformanceHarness = {
  name: 'acme',
  unsupported: {
    workspaces: 'Acme sells seats for people only',
    externalUser: 'Acme has no guests',
    deletedUser: 'deleted users lose their seats',
    userNotInDirectory: 'the list is the directory',
    pendingLicense: 'seats take effect at once',
    foreignNextLink: 'a cursor leads nowhere else',
    unreadableDirectory: 'there is no directory apart from the list',
    tokenExpires: 'the token is fixed',
  },
  diagnoses: true,
  serve: async (world, disturbance, { concurrency, onEvent } = {}) => {
    const organization = organizationOf(world)
    const clock = hastyClock()
    const acme = await startAcmeSimulator(organization, { now: clock.now })
    const script = pageScript(disturbance, organization.seats, (seat) => ({
      ...Object(seat),
      products: ['license-otherwise'],
    }))
    if (script !== undefined) {
      const rewrite = (_: unknown, { query }: { readonly query: URLSearchParams }) => {
        const pageNumber = Number(query.get('cursor') ?? 1)
        const { rows, total, leadsTo } = script(pageNumber)
        return json({ seats: rows, total, next: nextOf(leadsTo, pageNumber) })
      }
      acme.faults.add({ match: { path: '/seats' }, effect: { kind: 'rewrite', rewrite } })
    }
    const faults = faultsOf(disturbance, {
      api: {},
      pages: { path: '/seats' },
      firstPage: { path: '/seats' },
      secondPage: { path: '/seats', query: { cursor: String(conformancePageSize) } },
      changes: { method: 'PATCH', path: '/seats' },
      refusal: { status: 403, body: { code: 'forbidden', message: 'the token may not do this' } },
    })
    for (const fault of faults) acme.faults.add(fault)
    const misbehaviors = misbehaviorsOf(disturbance, { world, refusal: { status: 409, code: 'locked' } })
    for (const misbehavior of misbehaviors) acme.writes.add(misbehavior)
    const token = disturbance === 'badCredentials' ? 'not-the-token' : acme.token
    const config = { url: acme.url, token, pageSize: conformancePageSize }
    const budget = createRequestBudget({ clock, concurrency })
    const provider = createAcmeProvider(config, { clock, onEvent, budget })
    const diagnosis = (host: ProviderHost) => diagnoseAcme(config, host)
    return {
      provider,
      diagnose: diagnoseProviders([{ id: provider.id, factory: { create: () => provider, diagnosis } }], {
        clock,
        // The token is fixed.
        openTokenStore: () => ({ read: async () => undefined, write: async () => {} }),
      }),
      requests: () => acme.requests.count(),
      maximumInFlight: acme.requests.maximumInFlight,
      secrets: [acme.token, token],
      stop: acme.destroy,
    }
  },
}
