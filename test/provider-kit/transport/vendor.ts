import nock from 'nock'
import { origin } from './transport-with.ts'

/** The vendor at the HTTP level: answers each thing that it was told once, and nothing else. For tests `withoutNetwork`. */
export const vendor = () => nock(origin)
