import type { RequestRejected } from '../model/license-error.ts'
import type { ListName } from './paged.ts'

/** What a list answers to a continuation that it has not given. */
export const foreignContinuation = ({ provider, operation }: ListName): RequestRejected => ({
  _tag: 'RequestRejected',
  provider,
  operation,
  message: 'the continuation is not one of this list',
})
