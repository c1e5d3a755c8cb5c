import type { RequestRejected } from '../model/license-error.ts'
import type { ListName } from './paged.ts'

/**
 * The failure for a continuation that is not one of this list: what the function that fetches a page gives, or a walk yields
 * before its first page.
 */
export const foreignContinuation = ({ provider, operation }: ListName): RequestRejected => ({
  _tag: 'RequestRejected',
  provider,
  operation,
  message: 'the continuation is not one of this list',
})
