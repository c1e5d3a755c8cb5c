import { createServer } from 'node:http'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Calls,
  defineProvider,
  everythingSupported,
  Fields,
  type Gap,
  known,
  type Ledger,
  type License,
  type LicensedUser,
  type LicenseError,
  Lists,
  type ProviderDefinition,
  type ProviderHost,
} from '../../../src/provider-kit/index.ts'

/** A page of an Acme list, and what is wrong with it. */
interface AcmePage<A> {
  readonly items: readonly A[]
  readonly gaps?: readonly Gap[]
  readonly total?: number
  readonly omits?: readonly string[]
  readonly directory?: Ledger
}

/** What one Acme organization answers. */
export interface AcmeWorld {
  readonly licenses?: readonly Partial<License>[]
  /** Pages of users. */
  readonly users?: readonly AcmePage<Partial<LicensedUser>>[]
  /** Every call fails with it. */
  readonly failure?: LicenseError
  /** The list of licenses fails with it. */
  readonly licensesFailure?: LicenseError
  /** What the list of users ends with, after its pages. */
  readonly usersFailure?: LicenseError
  /** The list of users never ends by itself: after its pages it waits until it is stopped. */
  readonly hangs?: boolean
  /** Called when it hangs, and all of its pages were taken. */
  readonly onHang?: () => void
  /** Called when a page of users is asked for. */
  readonly onPage?: (index: number) => void
  readonly onCreate?: (host: ProviderHost) => void
}

type FailureTag = 'AuthenticationFailed' | 'RateLimited' | 'DeadlineExceeded' | 'NotFound'

export const failure = (tag: FailureTag, provider = 'acme') =>
  ({
    _tag: tag,
    provider,
    operation: 'GET /seats',
    message: `${tag} it is`,
    status: 401,
    correlationId: 'c-1',
  }) as const

const acmeLicense = (provider: string, license: Partial<License>): License => ({
  provider,
  id: 'basic',
  name: license.id ?? 'basic',
  metric: 'named',
  purchased: known(10),
  consumed: known(1),
  includes: [],
  requires: [],
  ...license,
})

const acmeUser = (provider: string, user: Partial<LicensedUser>): LicensedUser => ({
  provider,
  id: 'u1',
  kind: 'internal',
  status: 'active',
  licenseIds: ['basic'],
  pendingLicenseIds: [],
  ...user,
})

/** A vendor of our own, made with the public kit. `worldOf` says what the organization of each provider id is like. */
export const createAcme = (worldOf: (id: string) => AcmeWorld = () => ({}), type = 'acme'): ProviderDefinition =>
  defineProvider({
    type,
    displayName: 'Acme Seats',
    settings: {
      region: Fields.text({ description: 'Where.', variable: `${type.toUpperCase()}_REGION` }),
      token: Fields.secretText({ description: 'The key.', variable: `${type.toUpperCase()}_TOKEN` }),
      tokenFile: Fields.text({ description: 'Where it is kept.' }),
    },
    check: ({ token }) => (token === undefined ? [{ field: 'token', expected: 'the key to the seats' }] : []),
    configOf: (id, { tokenFile }) => ({ id, tokenFile }),
    create: ({ id, tokenFile }, host) => {
      const world = worldOf(id)
      world.onCreate?.({ ...host, openTokenStore: (path = tokenFile) => host.openTokenStore(path) })
      const clock = Calls.clockOf(host)
      const aborted: LicenseError = { _tag: 'Aborted', provider: id, operation: 'GET /seats', message: 'stopped' }
      const users = (world.users ?? [{ items: [{}] }]).map(({ directory, ...page }) => ({
        ...page,
        directory: () => directory,
        items: page.items.map((user) => acmeUser(id, user)),
      }))

      async function* walkUsers(signal: AbortSignal | undefined): Lists.Walk<LicensedUser> {
        if (world.failure !== undefined) return yield E.left(world.failure)
        const open = world.hangs || world.usersFailure !== undefined
        for (const [index, page] of users.entries()) {
          if (signal?.aborted) return yield E.left(aborted)
          world.onPage?.(index)
          const more = open || index < users.length - 1
          yield E.right({ ...page, ...(more ? { continuation: String(index + 1) } : {}) })
        }
        if (world.usersFailure !== undefined) return yield E.left(world.usersFailure)
        if (!world.hangs) return
        world.onHang?.()
        await new Promise<void>((resolve) => {
          if (signal?.aborted) return resolve()
          const alive = setInterval(() => {}, 1_000)
          signal?.addEventListener('abort', () => {
            clearInterval(alive)
            resolve()
          })
        })
        yield E.left(aborted)
      }

      const listLicenses = (request = {}) =>
        Lists.createPaged<License>(
          {
            provider: id,
            operation: 'GET /licenses',
            clock,
            walk: async function* () {
              const refusal = world.failure ?? world.licensesFailure
              if (refusal !== undefined) return yield E.left(refusal)
              yield E.right({ items: (world.licenses ?? [{}]).map((license) => acmeLicense(id, license)) })
            },
          },
          request,
        )
      return {
        specificationVersion: 'v1',
        id,
        vendor: type,
        displayName: 'Acme Seats',
        capabilities: everythingSupported,
        listLicenses,
        getLicense: () => TE.left({ _tag: 'NotFound', provider: id, operation: 'GET /license', message: 'no' }),
        listUsers: (request = {}) =>
          Lists.createPaged<LicensedUser>(
            { provider: id, operation: 'GET /users', clock, walk: ({ scope }) => walkUsers(scope.signal) },
            request,
          ),
        getUser: (reference) => {
          if (world.failure !== undefined) return TE.left(world.failure)
          const wanted = 'email' in reference ? reference.email.toLowerCase() : undefined
          const found = users.flatMap(({ items }) => items).find(({ email }) => email?.toLowerCase() === wanted)
          return found === undefined
            ? TE.left({ _tag: 'NotFound', provider: id, operation: 'GET /user', message: 'no such user' })
            : TE.right(found)
        },
      }
    },
    startSimulator: async ({ port }) => {
      const server = createServer((_, response) => response.end())
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, '127.0.0.1', resolve)
      })
      const address = server.address()
      const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
      return {
        url,
        configuration: { region: url, token: 'simulated' },
        stop: () => new Promise((resolve) => server.close(() => resolve())),
      }
    },
  })
