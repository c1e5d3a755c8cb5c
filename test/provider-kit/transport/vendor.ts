import nock from 'nock'
import { afterEach, beforeEach } from 'vitest'
import { origin } from './transport-with.ts'

/** The vendor at the HTTP level: answers each thing that it was told once, and nothing else. */
export const vendor = () => nock(origin)

/** Whatever the vendor was not told fails, and nothing is left for the next test. */
export const useVendor = (): void => {
  beforeEach(() => {
    nock.disableNetConnect()
  })
  afterEach(() => {
    nock.cleanAll()
    nock.enableNetConnect()
  })
}
