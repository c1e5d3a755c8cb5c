import nock from 'nock'
import { afterAll, afterEach, beforeAll } from 'vitest'

/** For the tests of one file: nothing reaches the network, and no test leaves an answer behind for the next. */
export const withoutNetwork = (): void => {
  beforeAll(() => nock.disableNetConnect())
  afterEach(() => {
    nock.abortPendingRequests()
    nock.cleanAll()
  })
  afterAll(() => {
    nock.enableNetConnect()
    nock.restore()
  })
}
