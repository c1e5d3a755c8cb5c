import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../model/license-error.ts'
import { LicenseException } from '../model/license-exception.ts'
import { problemInOptions } from '../model/option-checks.ts'
import { callChecks } from '../paging/call-checks.ts'
import { type Clock, systemClock } from '../paging/clock.ts'
import { inOneCall, type ListName, type Page, type Paged, pagedFrom } from '../paging/paged.ts'
import { NoAnswer, openPatience, type Patience } from '../paging/patience.ts'
import type { PageRequest, RequestOptions } from '../paging/request.ts'
import { scopeOf } from '../paging/request-scope.ts'
import { deadlinePassed, stoppedByCaller } from '../paging/scope-end.ts'
import type { AssignmentOutcome, ChangeRequest } from './assignment-change.ts'
import { delegate } from './delegate.ts'
import { givenList, startTask } from './given-results.ts'
import type { LicenseProvider } from './license-provider.ts'

/**
 * How long a provider may still take after the caller's signal or deadline, in milliseconds. A provider that ends by itself
 * knows more of the end. It may have to wait for a journal, which has two seconds.
 */
const GRACE_MS = 3_000
/** For a call that begins after its end: the provider only has to say so. */
const LEAST_GRACE_MS = 100

const SILENT = 'the provider did not answer'

const errorOf = ({ end }: NoAnswer, name: ListName): LicenseError =>
  end === 'aborted' ? stoppedByCaller(name, SILENT) : deadlinePassed(name, SILENT)

/** The patience of a call that begins now. Of calls that follow each other within one deadline, the first has the grace. */
const patienceWith = (options: RequestOptions, clock: Clock): Patience => {
  // The provider says what is wrong with them.
  if (problemInOptions(callChecks, options) !== undefined) return openPatience({}, clock, 0)
  const { signal, deadlineMs = 0 } = options
  const graceMs = signal?.aborted ? 0 : GRACE_MS + Math.min(0, deadlineMs)
  return openPatience(scopeOf(options, clock), clock, Math.max(LEAST_GRACE_MS, graceMs))
}

/**
 * What an iteration yields, while the patience lasts. Then it throws `NoAnswer`, and the iteration is told to end and not
 * waited for.
 */
const bounded = <A>(iterable: AsyncIterable<A>, patience: Patience): AsyncIterable<A> => ({
  [Symbol.asyncIterator]: () => {
    const iterator = iterable[Symbol.asyncIterator]()
    const leave = async () => iterator.return?.()
    const unlessSilent = (thrown: unknown) => {
      if (!(thrown instanceof NoAnswer)) throw thrown
    }
    return {
      next: async () => {
        const over = patience.over()
        try {
          if (over !== undefined) throw new NoAnswer(over)
          return await patience.wait((async () => iterator.next())())
        } catch (thrown) {
          if (thrown instanceof NoAnswer) leave().catch(() => {})
          throw thrown
        }
      },
      return: async () => {
        await patience.wait(leave()).catch(unlessSilent)
        return { done: true, value: undefined }
      },
    }
  },
})

async function* boundedPages<A>(
  list: Pick<Paged<A>, 'pages'>,
  name: ListName,
  patience: Patience,
): AsyncGenerator<E.Either<LicenseError, Page<A>>> {
  try {
    yield* bounded(givenList(list).pages(), patience)
  } catch (thrown) {
    if (!(thrown instanceof NoAnswer)) throw thrown
    yield E.left(errorOf(thrown, name))
  }
}

const boundedList = <A>(list: Paged<A>, name: ListName, request: PageRequest, clock: Clock): Paged<A> => {
  const begin = () => patienceWith(request, clock)
  return {
    ...pagedFrom(name, request, () => boundedPages(list, name, begin())),
    asOneCall: () => {
      const call = inOneCall(list)
      let patience: Patience | undefined
      return {
        pages: () => {
          patience ??= begin()
          return boundedPages(call, name, patience)
        },
      }
    },
  }
}

const boundedCall =
  <A>(
    call: () => TaskEither<LicenseError, A>,
    name: ListName,
    options: RequestOptions,
    clock: Clock,
  ): TaskEither<LicenseError, A> =>
  async () => {
    try {
      return await patienceWith(options, clock).wait(startTask(call()))
    } catch (thrown) {
      if (thrown instanceof NoAnswer) return E.left(errorOf(thrown, name))
      throw thrown
    }
  }

/** It throws where the provider does not answer. A provider that goes on later may send nothing more. */
async function* boundedChanges(
  change: (request: ChangeRequest) => AsyncIterable<AssignmentOutcome>,
  name: ListName,
  request: ChangeRequest,
  clock: Clock,
): AsyncGenerator<AssignmentOutcome> {
  const { beforeSending = async () => {} } = request
  let end: LicenseError | undefined
  const whileHeard: NonNullable<ChangeRequest['beforeSending']> = async (...announced) => {
    if (end !== undefined) throw new LicenseException(end)
    await beforeSending(...announced)
  }
  try {
    yield* bounded(change({ ...request, beforeSending: whileHeard }), patienceWith(request, clock))
  } catch (thrown) {
    if (!(thrown instanceof NoAnswer)) throw thrown
    end = errorOf(thrown, name)
    throw new LicenseException(end)
  }
}

/**
 * The same provider, which keeps to the signal and the deadline of each call by itself: three seconds later, a call that the
 * provider does not end fails with `Aborted` or `DeadlineExceeded`. `changeAssignments` then throws a `LicenseException` with
 * that failure. A call without signal and deadline takes as long as the provider takes.
 */
export const boundedProvider = (provider: LicenseProvider, clock: Clock = systemClock): LicenseProvider => {
  const same = delegate(provider)
  const { findUsers, listHolders, listWorkspaces, changeAssignments } = same
  const named = (operation: string): ListName => ({ provider: same.id, operation })
  return {
    ...same,
    listLicenses: (request = {}) => boundedList(same.listLicenses(request), named('listLicenses'), request, clock),
    getLicense: (licenseId, options = {}) =>
      boundedCall(() => same.getLicense(licenseId, options), named('getLicense'), options, clock),
    listUsers: (request = {}) => boundedList(same.listUsers(request), named('listUsers'), request, clock),
    getUser: (user, options = {}) => boundedCall(() => same.getUser(user, options), named('getUser'), options, clock),
    ...(findUsers === undefined
      ? {}
      : {
          findUsers: (users, options = {}) =>
            boundedCall(() => findUsers(users, options), named('findUsers'), options, clock),
        }),
    ...(listHolders === undefined
      ? {}
      : {
          listHolders: (licenseId, request = {}) =>
            boundedList(listHolders(licenseId, request), named('listHolders'), request, clock),
        }),
    ...(listWorkspaces === undefined
      ? {}
      : {
          listWorkspaces: (request = {}) =>
            boundedList(listWorkspaces(request), named('listWorkspaces'), request, clock),
        }),
    ...(changeAssignments === undefined
      ? {}
      : {
          changeAssignments: (changes, request = {}) =>
            boundedChanges((held) => changeAssignments(changes, held), named('changeAssignments'), request, clock),
        }),
  }
}
