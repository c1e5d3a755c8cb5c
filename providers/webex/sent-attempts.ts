import type { Fetch } from './access.ts'

/** The attempts at one request that changes something, as they went over the network. */
export interface SentAttempts {
  readonly watch: (fetch: Fetch) => Fetch
  readonly wereSent: () => boolean
  /**
   * Whether any of them may have been carried out, whatever became of the last: one that got no answer may have been, and
   * then been repeated and refused.
   */
  readonly mayHaveBeenCarriedOut: () => boolean
}

/** Whether an answer says that the request was not carried out; 408 and what gateways answer do not. */
const isRefusal = (status: number): boolean => status < 200 || (status >= 300 && status < 500 && status !== 408)

export const createSentAttempts = (): SentAttempts => {
  let sent = 0
  let refused = 0
  return {
    watch: (fetch) => async (input, init) => {
      sent += 1
      const response = await fetch(input, init)
      if (isRefusal(response.status)) refused += 1
      return response
    },
    wereSent: () => sent > 0,
    mayHaveBeenCarriedOut: () => sent > refused,
  }
}
