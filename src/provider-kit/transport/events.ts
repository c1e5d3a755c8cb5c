import { onlooker } from '../../model/onlooker.ts'
import type { ListProgress, PageEvent } from '../../paging/list-events.ts'

/**
 * Why an attempt has no whole answer. `aborted`: the caller stopped the call, or stopped reading a list. `deadline`: the call's
 * has passed. `timeout`: the attempt took longer than `timeoutMs` of the retry policy. `network`: the connection failed.
 * `certificate`: that of the other side is not trusted. `tooLarge`: the body is longer than `maxBodyBytes` of the policy.
 */
export type AttemptFailure = 'aborted' | 'deadline' | 'timeout' | 'network' | 'certificate' | 'tooLarge'

/** A request was sent, and was answered or failed. Requests for tokens are requests too. */
export interface AttemptEvent {
  readonly type: 'attempt'
  /** The same for all attempts at one request, and unique within the provider. */
  readonly id: string
  /** The id of the provider instance. */
  readonly provider: string
  /** Method and path template: `GET /v1/licenses/{licenseId}`. Never a value from the data. */
  readonly operation: string
  /** 1 for the first attempt at the request. Every repeat counts, also one with another token. */
  readonly attempt: number
  /** When it was sent: ISO 8601 in UTC, by the provider's clock. */
  readonly startedAt: string
  /** How long it took, the body included. */
  readonly milliseconds: number
  /** The status of the answer. Absent: no answer came. */
  readonly status?: number | undefined
  /** Why there is no whole answer. Absent: it came, whatever its status. */
  readonly failure?: AttemptFailure | undefined
  /** Bytes of the answer's body, as far as it came, decompressed. */
  readonly bytes: number
}

/** A request waits before it is sent. */
export interface WaitEvent {
  readonly type: 'wait'
  /** The id of the provider instance. */
  readonly provider: string
  readonly operation: string
  /** `rateLimit`: the vendor asks for it. `pace`: to stay below a rate. `retry`: before another attempt. */
  readonly reason: 'rateLimit' | 'pace' | 'retry'
  /** How long it waits, in milliseconds. */
  readonly ms: number
}

/** How far a list of a provider has come, after every page and in between. */
export interface ProgressEvent extends ListProgress {
  readonly type: 'progress'
  /** The id of the provider instance. */
  readonly provider: string
  /** Which list of the provider it is. */
  readonly operation: 'listLicenses' | 'listUsers' | 'listHolders' | 'listWorkspaces'
}

/**
 * Something that a provider did, for progress displays, logs, metrics and traces. Carries no address, header, body or
 * credential, and nothing about a person.
 */
export type TransportEvent = AttemptEvent | WaitEvent | PageEvent | ProgressEvent

/** Tells the host of one provider what the provider does. */
export interface ProviderEvents {
  /** An id that was not given before. */
  readonly nextId: () => string
  /** What the host's function throws, or rejects with, is ignored. It is not waited for. */
  readonly emit: (event: TransportEvent) => void
}

/** `prefix`: what all ids begin with. */
export const createProviderEvents = (
  onEvent: ((event: TransportEvent) => void) | undefined,
  prefix = '',
): ProviderEvents => {
  let ids = 0
  return { nextId: () => `${prefix}${++ids}`, emit: onlooker(onEvent) }
}
