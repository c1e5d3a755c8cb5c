import nock from 'nock'
import { afterAll, afterEach, beforeAll } from 'vitest'

// It intercepts from when it is loaded, which the tests of other files in this process must not notice.
nock.restore()

/** For the tests of one file: nothing reaches the network, and no test leaves an answer behind for the next. */
export const withoutNetwork = (): void => {
  beforeAll(() => {
    nock.activate()
    nock.disableNetConnect()
  })
  afterEach(() => {
    nock.abortPendingRequests()
    nock.cleanAll()
  })
  afterAll(() => {
    nock.enableNetConnect()
    nock.restore()
  })
}
