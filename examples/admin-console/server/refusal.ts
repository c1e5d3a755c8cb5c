import type { ToldRefusal } from '../shared/api.ts'

/** What an answer says besides code and message. */
type Details = Omit<ToldRefusal['error'], 'code' | 'message'>

/** Why a request is not carried out: this server's own reasons. Failures of the library are answered as they are. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  /** Further members of the answer. */
  readonly details: Details

  constructor(status: number, code: string, message: string, details: Details = {}) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

export const notFound = (): Refusal => new Refusal(404, 'NotFound', 'There is no such page, or you may not see it.')
