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

/** A web page does not come from the vendor: what answered may have stood in the way of the answer and not of the request. */
const isPage = ({ headers }: Response): boolean => headers.get('content-type')?.startsWith('text/html') === true

/** Whether an answer says that the request was not carried out; 408 and what gateways answer do not. */
const isRefusal = (response: Response): boolean => {
  const { status } = response
  return !isPage(response) && (status < 200 || (status >= 300 && status < 500 && status !== 408))
}

export const createSentAttempts = (): SentAttempts => {
  let sent = 0
  let refused = 0
  return {
    watch: (fetch) => async (input, init) => {
      sent += 1
      const response = await fetch(input, init)
      if (isRefusal(response)) refused += 1
      return response
    },
    wereSent: () => sent > 0,
    mayHaveBeenCarriedOut: () => sent > refused,
  }
}
