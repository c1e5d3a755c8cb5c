import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Operation } from '../../contract/capabilities.ts'
import type { ProviderIdentity } from '../../contract/provider-diagnosis.ts'
import type { LicenseError } from '../../model/license-error.ts'
import type { RequestScope } from '../../paging/request-scope.ts'
import type { ApiAccess, ApiRequest } from '../api-access.ts'

/** A request that finds out whether a permission is granted. It is always a `GET`, so that a diagnosis changes nothing. */
export interface DiagnosticRead extends Pick<ApiRequest, 'path' | 'id' | 'query'> {
  /** The API that it goes to. Default: that of the diagnosis. */
  readonly api?: Pick<ApiAccess, 'send'> | undefined
}

/** A permission or scope, and what takes it. */
export interface Need {
  /** By the vendor's names; one is enough. */
  readonly anyOf: readonly string[]
  /** What of the contract takes it. An operation that no need names takes none. */
  readonly for: readonly Operation[]
  /** What they go without, where they work without it too: `status and department of users`. Default: they do not work. */
  readonly lacks?: string | undefined
  /** Absent: no small read needs it, so that only trying shows it. */
  readonly read?: DiagnosticRead | undefined
}

/** Whose the credentials are, and what they are granted where the vendor tells that. */
export interface Identified extends ProviderIdentity {
  /** Whether a permission is among those that the vendor lists. Default: it lists none. */
  readonly isGranted?: ((permission: string) => boolean) | undefined
}

/** How one provider is diagnosed: see `defineProvider`. */
export interface Diagnosis {
  readonly api: Pick<ApiAccess, 'send'>
  /** What each operation takes, as the provider is configured. */
  readonly needs: readonly Need[]
  /** Asks whose the credentials are. It only reads. Default: the vendor is not asked. */
  readonly identify?: ((scope: RequestScope) => TaskEither<LicenseError, Identified>) | undefined
  /** For vendors with regions. `own`: as configured, if it is one by name. `known`: all of them. Default: there are none. */
  readonly regions?: { readonly own?: string | undefined; readonly known: readonly string[] } | undefined
}
