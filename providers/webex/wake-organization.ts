import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Http, LicenseError, RequestScope } from '../../src/provider-kit/index.ts'

export const ONE_ORGANIZATION = '/organizations/{orgId}'

type Requests = Pick<Http.ApiAccess, 'send' | 'call'>

/**
 * Partners have seen that a customer is refused (403) until the customer itself was requested once. So that is done where a
 * read is refused, once for all that are refused, and then they are tried once more. What is refused after that stays so.
 */
export const wakingOrganization = (
  api: Requests,
  orgId: string | undefined,
): (<A extends Requests>(access: A) => A) => {
  if (orgId === undefined) return (access) => access
  let waking: Promise<boolean> | undefined
  let isOver = false
  const wake = (scope: RequestScope): Promise<boolean> => {
    waking ??= api
      .send({ method: 'GET', path: ONE_ORGANIZATION, id: orgId }, scope)()
      .then((answer) => {
        isOver = true
        return E.isRight(answer)
      })
    return waking
  }
  const twice =
    <A>(
      request: Http.ApiRequest,
      scope: RequestScope,
      work: TaskEither<LicenseError, A>,
    ): TaskEither<LicenseError, A> =>
    async () => {
      const wasOver = isOver
      const first = await work()
      if (wasOver || request.method !== 'GET' || E.isRight(first) || first.left._tag !== 'PermissionDenied')
        return first
      return (await wake(scope)) ? work() : first
    }
  return (access) => ({
    ...access,
    send: (request, scope) => twice(request, scope, access.send(request, scope)),
    call: (request, codec, scope) => twice(request, scope, access.call(request, codec, scope)),
  })
}
