import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { Operation } from '../../contract/capabilities.ts'
import { supportOf } from '../../contract/capabilities.ts'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import type { ProviderDiagnosis } from '../../contract/provider-diagnosis.ts'
import type { LicenseError } from '../../model/license-error.ts'
import { thrownText } from '../../model/thrown-text.ts'
import { boundedSignal } from '../../paging/bounded-signal.ts'
import type { RequestOptions } from '../../paging/request.ts'
import { type RequestScope, scopeOf, within } from '../../paging/request-scope.ts'
import { unlessAborted } from '../../paging/when-aborted.ts'
import type { ProviderFactory, ProviderHost } from '../provider-definition.ts'
import { clockOf } from '../transport/runtime.ts'
import type { Diagnosis, Identified, Need } from './diagnosis.ts'
import { type Finding, judgeUse } from './judge-use.ts'
import { watchHost } from './watch-host.ts'

/** One provider of those that share a credential. */
export interface DiagnosedProvider {
  readonly id: string
  readonly factory: ProviderFactory
}

/** How providers are diagnosed. */
export interface DiagnoseOptions extends RequestOptions {
  /** How long a vendor may take in all, in milliseconds. Default: 5,000. */
  readonly patienceMs?: number | undefined
  /** What the program does with providers, each by the operations that it takes. Default: each operation by itself. */
  readonly uses?: Readonly<Record<string, readonly Operation[]>> | undefined
}

const PATIENCE_MS = 5_000

const EACH: Readonly<Record<string, readonly Operation[]>> = {
  listLicenses: ['listLicenses'],
  listUsers: ['listUsers'],
  getUser: ['getUser'],
  listHolders: ['listHolders'],
  listWorkspaces: ['listWorkspaces'],
  changeAssignments: ['changeAssignments'],
}

type Answer<A = unknown> = E.Either<LicenseError, A>

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
 * has their budget. Resolves within `patienceMs`, whatever the vendor does. Never fails.
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
    const { deadlineMs = Number.POSITIVE_INFINITY } = options
    const isOurs = patienceMs <= deadlineMs
    const bounds = { signal: options.signal, deadlineMs: Math.min(patienceMs, deadlineMs) }

    const diagnose = async ({ id, factory }: DiagnosedProvider): Promise<ProviderDiagnosis> => {
      const scope = scopeOf(bounds, clock)
      const bounded = boundedSignal(scope, clock)
      const name = { provider: id, operation: 'diagnose' }
      const late = (message: string): LicenseError => ({
        _tag: 'Unavailable',
        ...name,
        message,
        attempts: 1,
        timedOut: true,
      })
      const impatient = (error: LicenseError): LicenseError => {
        if (!isOurs || error._tag !== 'DeadlineExceeded') return error
        const { hosts, failure } = seen()
        const seconds = patienceMs / 1_000
        return late(
          failure ?? (hosts.size === 0 ? `no answer within ${seconds} s` : `no whole answer within ${seconds} s`),
        )
      }
      /** Code of others may not keep to bounds, and may throw. */
      const run = async <A>(task: Task<Answer<A>> | undefined): Promise<Answer<A> | undefined> => {
        if (task === undefined) return undefined
        try {
          return E.mapLeft(impatient)(await unlessAborted(bounded.signal, task()))
        } catch (thrown) {
          const cause = bounded.cause()
          if (cause === 'aborted') return E.left({ _tag: 'Aborted', ...name, message: 'interrupted' })
          if (cause !== undefined)
            return E.left(impatient({ _tag: 'DeadlineExceeded', ...name, message: 'the deadline has passed' }))
          return E.left({ _tag: 'InvalidResponse', ...name, message: thrownText(thrown), issues: [] })
        }
      }
      const provider = factory.create(host)
      const diagnosis = factory.diagnosis?.(host)
      const asked = diagnosis === undefined ? undefined : answersOf(diagnosis, scope)
      const [identified, ...reads] = await Promise.all([
        run(asked?.identified),
        ...(asked?.reads ?? [readOnce(provider, within(scope, clock))]).map((read) => run<unknown>(read)),
      ]).finally(bounded.release)

      const answers: readonly Answer[] = [identified, ...reads].filter((answer) => answer !== undefined)
      const isAuthenticated = answers.some(isAccepted)
      const error = isAuthenticated ? undefined : worstOf(answers)
      const isRefused = error?._tag === 'AuthenticationFailed'
      const { isGranted, ...identity } = identified !== undefined && E.isRight(identified) ? identified.right : {}
      const [only] = reads
      const findings =
        diagnosis === undefined
          ? only === undefined
            ? []
            : findingsOfReading(only)
          : findingsOfNeeds(diagnosis, reads, isGranted)
      const { hosts, clockAheadMs, rate } = seen()
      const { own, known } = diagnosis?.regions ?? {}
      return {
        provider: id,
        displayName: provider.displayName,
        reachable: isAuthenticated || isRefused || hosts.size > 0,
        hosts: [...hosts].sort(),
        authenticated: isAuthenticated ? 'yes' : isRefused ? 'no' : 'unknown',
        ...(known === undefined
          ? {}
          : { region: { name: own, verdict: isAuthenticated ? 'right' : 'unknown', known } }),
        ...(Object.values(identity).every((value) => value === undefined) ? {} : { identity }),
        ...(clockAheadMs === undefined ? {} : { clockAheadMs }),
        ...(rate === undefined ? {} : { rate }),
        uses: Object.entries(uses).map(([use, operations]) =>
          judgeUse(use, operations, findings, {
            isAuthenticated,
            isSupported: (operation) =>
              supportOf(provider.capabilities, 'operations', operation).support !== 'unsupported',
          }),
        ),
        ...(error === undefined ? {} : { error }),
      }
    }
    return Promise.all(providers.map(diagnose))
  }
