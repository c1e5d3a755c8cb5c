import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import pLimit from 'p-limit'
import type { Operation } from '../../contract/capabilities.ts'
import { supportOf } from '../../contract/capabilities.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import type { ProviderDiagnosis, ProviderIdentity } from '../../contract/provider-diagnosis.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { RequestOptions } from '../../paging/request.ts'
import { type RequestScope, scopeOf, within } from '../../paging/request-scope.ts'
import type { FoundOrganization, FoundOrganizations, OrganizationSource } from '../organizations.ts'
import type { ProviderFactory, ProviderHost } from '../provider-definition.ts'
import { clockOf } from '../transport/runtime.ts'
import type { Diagnosis, Identified, Need } from './diagnosis.ts'
import { type Finding, judgeUse } from './judge-use.ts'
import { type Answer, type Bounds, openPatience } from './patience.ts'
import { watchHost } from './watch-host.ts'

/** One provider of those that share a credential. */
export interface DiagnosedProvider {
  readonly id: string
  readonly factory: ProviderFactory
  /**
   * It stands for organizations: finds those that are diagnosed, too, for a vendor that lists them. See `findOrganizations`.
   * Default: it is one organization.
   */
  readonly findOrganizations?:
    | ((source: OrganizationSource, options: RequestOptions) => Task<FoundOrganizations>)
    | undefined
}

/** How providers are diagnosed. */
export interface DiagnoseOptions extends RequestOptions {
  /** How long a vendor may take in all for a provider, and to answer a request about an organization, in milliseconds. Default: 5,000. */
  readonly patienceMs?: number | undefined
  /** What the program does with providers, each by the operations that it takes. Default: each operation by itself. */
  readonly uses?: Readonly<Record<string, readonly Operation[]>> | undefined
}

const PATIENCE_MS = 5_000
/** Organizations of one credential share its budget. */
const ORGANIZATIONS_AT_ONCE = 8

const EACH: Readonly<Record<string, readonly Operation[]>> = {
  listLicenses: ['listLicenses'],
  listUsers: ['listUsers'],
  getUser: ['getUser'],
  listHolders: ['listHolders'],
  listWorkspaces: ['listWorkspaces'],
  changeAssignments: ['changeAssignments'],
}

/** Refusals of a vendor that has accepted the credentials. */
const JUDGED: readonly LicenseError['_tag'][] = ['PermissionDenied', 'NotFound', 'RequestRejected', 'Conflict']
/** What is told first, where several requests have failed. */
const TOLD_FIRST: readonly LicenseError['_tag'][] = ['AuthenticationFailed', 'RateLimited', 'Unavailable']

const isAccepted = (answer: Answer): boolean => E.isRight(answer) || JUDGED.includes(answer.left._tag)

const worstOf = (answers: readonly Answer[]): LicenseError | undefined => {
  const errors = answers.flatMap((answer) => (E.isLeft(answer) ? [answer.left] : []))
  const rank = ({ _tag }: LicenseError) => (TOLD_FIRST.indexOf(_tag) + TOLD_FIRST.length + 1) % (TOLD_FIRST.length + 1)
  return [...errors].sort((one, other) => rank(one) - rank(other))[0]
}

/** The first page of the licenses, for providers that do not describe what they need. */
const readOnce =
  (provider: LicenseProvider, options: RequestOptions): Task<Answer> =>
  async () => {
    for await (const page of provider.listLicenses({ ...options, pageSize: 1 }).pages()) return page
    return E.right(undefined)
  }

const answersOf = (
  diagnosis: Diagnosis,
  scope: RequestScope,
): {
  readonly identified: Task<Answer<Identified>> | undefined
  readonly reads: readonly (Task<Answer> | undefined)[]
} => ({
  identified: diagnosis.identify?.(scope),
  reads: diagnosis.needs.map(({ anyOf, read }) => {
    if (read === undefined) return undefined
    const { api = diagnosis.api, path, id, query } = read
    return api.send({ method: 'GET', path, id, query, needs: anyOf }, scope)
  }),
})

/** A provider without a description: what is known is whether its licenses can be read. */
const findingsOfReading = (answer: Answer): readonly Finding[] => {
  const isDenied = E.isLeft(answer) && answer.left._tag === 'PermissionDenied'
  const anyOf = E.isLeft(answer) && answer.left._tag === 'PermissionDenied' ? answer.left.missing : []
  return [
    {
      need: { anyOf, for: ['listLicenses'] },
      verdict: E.isRight(answer) ? 'granted' : isDenied ? 'missing' : 'unknown',
    },
    {
      need: { anyOf: [], for: ['listUsers', 'getUser', 'listHolders', 'listWorkspaces', 'changeAssignments'] },
      verdict: 'unknown',
    },
  ]
}

const keyOf = (anyOf: readonly string[]): string => JSON.stringify(anyOf)

/**
 * What one read has shown counts for all needs of the same permissions. What the vendor lists counts where it has all that requests have shown: a list that lacks one of those is not whole.
 */
const findingsOfNeeds = (
  { needs }: Diagnosis,
  reads: readonly (Answer | undefined)[],
  isGranted: Identified['isGranted'],
): readonly Finding[] => {
  const answers = new Map(
    needs.map(({ anyOf }, place) => [keyOf(anyOf), reads[place]] as const).filter(([, read]) => read !== undefined),
  )
  const answerTo = ({ anyOf }: Need) => answers.get(keyOf(anyOf))
  const isShown = (need: Need): boolean => {
    const answer = answerTo(need)
    return answer !== undefined && E.isRight(answer)
  }
  const isListed = ({ anyOf }: Need) => isGranted !== undefined && anyOf.some(isGranted)
  const isWhole = needs.some(isListed) && needs.every((need) => isListed(need) || !isShown(need))
  return needs.map((need): Finding => {
    const read = answerTo(need)
    if (read !== undefined && E.isRight(read)) return { need, verdict: 'granted' }
    if (read !== undefined && read.left._tag === 'PermissionDenied') return { need, verdict: 'missing' }
    if (isListed(need)) return { need, verdict: 'granted' }
    if (read === undefined && isWhole) return { need, verdict: 'missing' }
    return { need, verdict: 'unknown', ...(read === undefined ? {} : { error: read.left }) }
  })
}

/**
 * Finds out whether providers can be read, as whom, and what their credentials are good for, without changing anything: the
 * only requests are `GET`s, and those that get tokens. `providers`: those of one credential, or one that shares none; `host`
 * has their budget. Resolves within `patienceMs` where the vendor does not answer. Organizations come one after the other, a few
 * at once, and those of a vendor that has become silent are not asked for. Never fails.
 */
export const diagnoseProviders =
  (
    providers: readonly DiagnosedProvider[],
    given: ProviderHost,
    { uses = EACH, patienceMs = PATIENCE_MS, ...options }: DiagnoseOptions = {},
  ): Task<readonly ProviderDiagnosis[]> =>
  async () => {
    const { host: watched, seen } = watchHost(given)
    const credential = providers[0]?.factory.credential
    const host = credential === undefined ? watched : { ...watched, credentials: credential.open(watched) }
    const clock = clockOf(host)
    const whole = scopeOf(options, clock)
    const patience = openPatience({ clock, patienceMs, seen, whole })

    const judged = (
      provider: LicenseProvider,
      findings: readonly Finding[],
      isAuthenticated: boolean,
    ): ProviderDiagnosis['uses'] =>
      Object.entries(uses).map(([use, operations]) =>
        judgeUse(use, operations, findings, {
          isAuthenticated,
          isSupported: (operation) =>
            supportOf(provider.capabilities, 'operations', operation).support !== 'unsupported',
        }),
      )

    /** `known`: whose it is; then the vendor is not asked. */
    const diagnose = async (
      { id, factory }: Pick<DiagnosedProvider, 'id' | 'factory'>,
      { scope, run, fetch, release }: Bounds,
      known?: ProviderIdentity,
    ): Promise<ProviderDiagnosis> => {
      const own = fetch === undefined ? host : { ...host, fetch }
      const provider = factory.create(own)
      const diagnosis = factory.diagnosis?.(own)
      const asked = diagnosis === undefined ? undefined : answersOf(diagnosis, scope)
      const [identified, ...reads] = await Promise.all([
        run(known === undefined ? asked?.identified : undefined),
        ...(asked?.reads ?? [readOnce(provider, within(scope, clock))]).map((read) => run<unknown>(read)),
      ]).finally(release)

      const answers: readonly Answer[] = [identified, ...reads].filter((answer) => answer !== undefined)
      const isAuthenticated = answers.some(isAccepted)
      const error = isAuthenticated ? undefined : worstOf(answers)
      const isRefused = error?._tag === 'AuthenticationFailed'
      const { isGranted, ...told } = identified !== undefined && E.isRight(identified) ? identified.right : {}
      const identity = known ?? told
      const [only] = reads
      const findings =
        diagnosis === undefined
          ? only === undefined
            ? []
            : findingsOfReading(only)
          : findingsOfNeeds(diagnosis, reads, isGranted)
      const { hosts, clockAheadMs, rate } = seen()
      const { own: region, known: regions } = diagnosis?.regions ?? {}
      return {
        provider: id,
        displayName: provider.displayName,
        reachable: isAuthenticated || isRefused || hosts.size > 0,
        hosts: [...hosts].sort(),
        authenticated: isAuthenticated ? 'yes' : isRefused ? 'no' : 'unknown',
        ...(regions === undefined
          ? {}
          : { region: { name: region, verdict: isAuthenticated ? 'right' : 'unknown', known: regions } }),
        ...(Object.values(identity).every((value) => value === undefined) ? {} : { identity }),
        ...(clockAheadMs === undefined ? {} : { clockAheadMs }),
        ...(rate === undefined ? {} : { rate }),
        uses: judged(provider, findings, isAuthenticated),
        ...(error === undefined ? {} : { error }),
      }
    }

    const diagnoseOrganization = async (
      factoryOf: (id: string, organization: FoundOrganization) => ProviderFactory,
      organization: FoundOrganization,
    ): Promise<ProviderDiagnosis> => {
      const { provider: id, key, name } = organization
      const factory = factoryOf(id, organization)
      const identity: ProviderIdentity = { organization: { id: key, name } }
      const error = organization.error ?? patience.silence(id)
      if (error === undefined) return diagnose({ id, factory }, patience.ofRequests(id, host.fetch), identity)
      const provider = factory.create(host)
      const { hosts } = seen()
      return {
        provider: id,
        displayName: provider.displayName,
        reachable: hosts.size > 0,
        hosts: [...hosts].sort(),
        authenticated: 'unknown',
        identity,
        uses: judged(provider, [], false),
        error,
      }
    }

    const organizationsOf = async ({
      id,
      factory: { organizations },
      findOrganizations,
    }: DiagnosedProvider): Promise<Pick<ProviderDiagnosis, 'organizations'>> => {
      if (organizations === undefined || findOrganizations === undefined) return {}
      const { scope, run, impatient, release } = patience.ofAll(id)
      const find = findOrganizations(organizations.open(host), within(scope, clock))
      const found = await run(async () => E.right(await find())).finally(release)
      if (found === undefined || E.isLeft(found)) {
        return { organizations: { found: [], gaps: found === undefined ? [] : [found.left] } }
      }
      const { organizations: all, gaps } = found.right
      const diagnosed = await pLimit(ORGANIZATIONS_AT_ONCE).map(all, (one) =>
        diagnoseOrganization(organizations.factoryOf, one),
      )
      return { organizations: { found: diagnosed, gaps: gaps.map(impatient) } }
    }

    return Promise.all(
      providers.map(async (one) => {
        const [found, organizations] = await Promise.all([diagnose(one, patience.ofAll(one.id)), organizationsOf(one)])
        return { ...found, ...organizations }
      }),
    )
  }
