import * as E from 'fp-ts/lib/Either.js'
import { acmeHarness } from '../../examples/acme/harness.ts'
import {
  type AssignmentOutcome,
  type ChangeRequest,
  type LicensedUser,
  type LicenseError,
  toReadonlyArray,
} from '../../src/provider-kit/index.ts'
import type { Disturbance } from '../../src/testing/index.ts'
import { type ChangeAssignments, type Mutant, type Mutate, patient, withChanging } from './mutant.ts'

/** A sound provider but for how it changes. */
const mutating = (...[change]: Parameters<typeof withChanging>): Mutate => {
  const mutate = withChanging(change)
  return (provider, disturbance) => mutate(patient(provider, disturbance), disturbance)
}

/** Of which an outcome, or all of them in their order, are others than they should be. */
const withOutcomes = (
  change: (
    outcomes: AsyncIterable<AssignmentOutcome>,
    disturbance: Disturbance | undefined,
  ) => AsyncIterable<AssignmentOutcome>,
): Mutate =>
  mutating(
    (changeAssignments, _, disturbance) => (changes, request) =>
      change(changeAssignments(changes, request), disturbance),
  )

const withOutcome = (change: (outcome: AssignmentOutcome) => AssignmentOutcome): Mutate =>
  withOutcomes(async function* (outcomes) {
    for await (const outcome of outcomes) yield change(outcome)
  })

type Announce = NonNullable<ChangeRequest['beforeSending']>

/** That announces in another way. `announce` is new for every iteration. */
const withAnnouncements = (change: (announce: Announce) => Announce): Mutate =>
  mutating((changeAssignments) => (changes, request = {}) => {
    const { beforeSending } = request
    return changeAssignments(
      changes,
      beforeSending === undefined ? request : { ...request, beforeSending: change(beforeSending) },
    )
  })

const answerLost: LicenseError = {
  _tag: 'Unavailable',
  provider: 'memory',
  operation: 'changeAssignments',
  message: 'the answer was lost',
  attempts: 1,
}

const applied = ({ change }: AssignmentOutcome): AssignmentOutcome => ({ change, result: 'applied' })

/** Answers for users with what it had read before they were changed. */
const remembersWhomItChanges: Mutate = (provider, disturbance) => {
  const remembered = new Map<string, LicensedUser>()
  const sound = patient(provider, disturbance)
  const remembering = withChanging(
    (changeAssignments) =>
      async function* (changes, request = {}) {
        for (const { userId } of changes) {
          const given = request.users?.get(userId)
          const read = given === undefined ? await sound.getUser({ id: userId }, request)() : E.right(given)
          if (E.isRight(read)) remembered.set(userId, read.right)
        }
        yield* changeAssignments(changes, request)
      },
  )
  return {
    ...remembering(sound, disturbance),
    getUser: (user, options) => {
      const known = 'id' in user ? remembered.get(user.id) : undefined
      return known === undefined ? sound.getUser(user, options) : async () => E.right(known)
    },
  }
}

const announcesWhatIsSo = mutating(
  (changeAssignments) =>
    async function* (changes, request) {
      for await (const outcome of changeAssignments(changes, request)) {
        if (outcome.result === 'alreadySo') await request?.beforeSending?.([outcome.change], [])
        yield outcome
      }
    },
)

const takesTwoForOne = mutating((changeAssignments) => (changes, request) => {
  const distinct = new Map(changes.map((change) => [JSON.stringify(change), change]))
  return changeAssignments([...distinct.values()], request)
})

const givesUpAtAStranger = withOutcomes(async function* (outcomes) {
  let end: AssignmentOutcome | undefined
  for await (const outcome of outcomes) {
    yield end === undefined ? outcome : { ...end, change: outcome.change }
    if (outcome.change.userId === 'user-none') end = outcome
  }
})

const changesOneByOne = mutating(
  (changeAssignments) =>
    async function* (changes, request) {
      for (const change of changes) yield* changeAssignments([change], request)
    },
)

const announcesAfterwards = mutating(
  (changeAssignments) =>
    async function* (changes, { beforeSending, ...request } = {}) {
      for await (const outcome of changeAssignments(changes, request)) {
        if (outcome.result === 'applied') await beforeSending?.([outcome.change], [])
        yield outcome
      }
    },
)

const announcesTheFirstRequest = withAnnouncements((announce) => {
  let isFirst = true
  return async (changes, taken) => {
    if (isFirst) await announce(changes, taken)
    isFirst = false
  }
})

const startsAtOnce = mutating((changeAssignments) => (changes, request) => {
  const outcomes = changeAssignments(changes, request)[Symbol.asyncIterator]()
  const first = outcomes.next()
  first.catch(() => {})
  return {
    async *[Symbol.asyncIterator]() {
      for (let next = await first; !next.done; next = await outcomes.next()) yield next.value
    },
  }
})

const goesOnByItself = mutating(
  (changeAssignments) =>
    async function* (changes, request) {
      const outcomes = changeAssignments(changes, request)[Symbol.asyncIterator]()
      const goOn = async () => {
        while (!(await outcomes.next()).done);
      }
      try {
        for (let next = await outcomes.next(); !next.done; next = await outcomes.next()) yield next.value
      } finally {
        void goOn()
      }
    },
)

const ignoresTheSignal = mutating((changeAssignments) => (changes, { signal: _, ...request } = {}) => {
  return changeAssignments(changes, request)
})

const fallsSilent = withOutcomes(async function* (outcomes) {
  for await (const outcome of outcomes) {
    if (outcome.result === 'refused' && outcome.reason._tag === 'Aborted') return
    yield outcome
  }
})

const takesTheVendorsWord = withOutcomes(async function* (outcomes, disturbance) {
  for await (const outcome of outcomes) yield disturbance === 'ignoredChange' ? applied(outcome) : outcome
})

const throwsWithoutCredentials = withOutcomes(async function* (outcomes) {
  for await (const outcome of outcomes) {
    if ('reason' in outcome && outcome.reason._tag === 'AuthenticationFailed') throw new Error(outcome.reason.message)
    yield outcome
  }
})

const readsEverybody = mutating(
  (changeAssignments, provider): ChangeAssignments =>
    async function* (changes, request = {}) {
      await toReadonlyArray(provider.listUsers(request))()
      yield* changeAssignments(changes, request)
    },
)

const takesLateForRefused = withOutcomes(async function* (outcomes, disturbance) {
  for await (const outcome of outcomes) {
    const isLate = disturbance === 'lateChange' && outcome.result === 'unknown'
    yield isLate ? { ...outcome, result: 'refused' } : outcome
  }
})

const waitsForNothing = mutating((changeAssignments) => (changes, request) => {
  return changeAssignments(changes, { ...request, settleWithinMs: 0 })
})

const dropsCalling = mutating((changeAssignments) => (changes, request) => {
  return changeAssignments(
    changes.map(({ calling: _, ...change }) => change),
    request,
  )
})

const takesTheHalfForTheWhole = withOutcomes(async function* (outcomes, disturbance) {
  for await (const outcome of outcomes) yield disturbance === 'halfChange' ? applied(outcome) : outcome
})

const repeatsWhatHasNoAnswer = mutating(
  (changeAssignments, _, disturbance) =>
    async function* (changes, request) {
      yield* changeAssignments(changes, request)
      if (disturbance === 'silentChange') await request?.beforeSending?.(changes, [])
    },
)

const givesUpAtARefusal = withOutcomes(async function* (outcomes, disturbance) {
  let end: AssignmentOutcome | undefined
  for await (const outcome of outcomes) {
    yield end === undefined ? outcome : { ...end, change: outcome.change }
    if (disturbance === 'refusedUser' && outcome.result === 'refused') end = outcome
  }
})

/** Only where several requests are under way. */
const givesUpBesideOthers: Mutate = (provider, disturbance, other, settings) =>
  settings?.concurrency === undefined || settings.concurrency === 1
    ? provider
    : givesUpAtARefusal(provider, disturbance, other)

const triesEverybody = mutating(
  (changeAssignments, _, disturbance) =>
    async function* (changes, request) {
      if (disturbance !== 'changesDenied') yield* changeAssignments(changes, request)
      else for (const change of changes) yield* changeAssignments([change], request)
    },
)

/** Providers that are sound but for how they change assignments. */
export const changingMutants: readonly Mutant[] = [
  {
    defect: 'remembers whom it changes as they were before',
    killedBy: 'changing/applied',
    saying: 'user user-01.licenseIds',
    mutate: remembersWhomItChanges,
  },
  {
    defect: 'calls applied what was so already',
    killedBy: 'changing/alreadySo',
    saying: '"assign license-main user-01" is applied, not alreadySo',
    mutate: withOutcome((outcome) => (outcome.result === 'alreadySo' ? applied(outcome) : outcome)),
  },
  {
    defect: 'announces what is already so',
    killedBy: 'changing/alreadySo',
    saying: 'was sent: assign license-main user-01',
    mutate: announcesWhatIsSo,
  },
  {
    defect: 'takes the same change given twice for one',
    killedBy: 'changing/oneOutcome',
    saying: 'there is no outcome for "assign license-unheld user-01"',
    mutate: takesTwoForOne,
  },
  {
    defect: 'gives up at a user whom it does not know',
    killedBy: 'changing/unknownUser',
    saying: '"assign license-unheld user-02" is refused (not sent: there is no such user), not applied',
    mutate: givesUpAtAStranger,
  },
  {
    defect: 'believes in every license that it is told of',
    killedBy: 'changing/unknownLicense',
    saying: '"assign license-none user-01" is applied, not refused',
    mutate: withOutcome((outcome) => (outcome.change.licenseId === 'license-none' ? applied(outcome) : outcome)),
  },
  {
    defect: 'makes one change after the other, whatever they say',
    killedBy: 'changing/contradiction',
    alsoKilledBy: ['changing/callingContradiction', 'changing/denied'],
    saying: '"assign license-unheld user-01" is applied, not refused',
    mutate: changesOneByOne,
  },
  {
    defect: 'announces its first request and no other',
    killedBy: 'changing/announced',
    saying: 'was announced: assign license-unheld user-01; not',
    mutate: announcesTheFirstRequest,
  },
  {
    defect: 'announces what it has sent',
    killedBy: 'changing/announced',
    alsoKilledBy: ['changing/aborted', 'changing/unheard'],
    saying: 'it took effect before beforeSending had heard of it: user-01, user-03',
    mutate: announcesAfterwards,
  },
  {
    defect: 'goes on although beforeSending failed',
    killedBy: 'changing/unheard',
    saying: 'the iteration did not reject with what beforeSending did: undefined',
    mutate: withAnnouncements((announce) => (changes, taken) => announce(changes, taken).catch(() => {})),
  },
  {
    defect: 'changes before its outcomes are iterated',
    killedBy: 'changing/lazy',
    saying: '2 requests were made',
    mutate: startsAtOnce,
  },
  {
    defect: 'goes on changing after the consumer has stopped',
    killedBy: 'changing/break',
    saying: '2 requests were made after the caller stopped',
    mutate: goesOnByItself,
  },
  {
    defect: 'changes on after an abort',
    killedBy: 'changing/aborted',
    saying: '"assign license-unheld user-01" is applied, not refused',
    mutate: ignoresTheSignal,
  },
  {
    defect: 'says nothing of what it has not sent after an abort',
    killedBy: 'changing/aborted',
    saying: 'there is no outcome for "assign license-unheld user-01"',
    mutate: fallsSilent,
  },
  {
    defect: 'does not wait for the end of a limit of rate',
    killedBy: 'changing/throttled',
    saying: '"assign license-unheld user-01" is refused (made to fail), not applied',
    mutate: (provider) => provider,
  },
  {
    defect: 'takes a lost answer for a refusal',
    killedBy: 'changing/lostAnswer',
    saying: '"assign license-unheld user-01" is refused (the answer was lost), not applied or unknown',
    mutate: withOutcomes(async function* (outcomes, disturbance) {
      for await (const outcome of outcomes) {
        yield disturbance === 'lostAnswer' ? { change: outcome.change, result: 'refused', reason: answerLost } : outcome
      }
    }),
  },
  {
    defect: 'takes the vendor’s word for it',
    killedBy: 'changing/ignored',
    saying: '"assign license-unheld user-01" is applied, not refused',
    mutate: takesTheVendorsWord,
  },
  {
    defect: 'does not see that calling properties contradict each other',
    killedBy: 'changing/callingContradiction',
    saying: '"assign license-unheld user-01" is applied, not refused',
    mutate: dropsCalling,
  },
  {
    defect: 'takes what is late for refused',
    killedBy: 'changing/late',
    saying: '"assign license-unheld user-01" is refused (accepted, not seen yet',
    mutate: takesLateForRefused,
  },
  {
    defect: 'does not wait for what the vendor has accepted',
    killedBy: 'changing/late',
    saying: 'not applied or alreadySo',
    mutate: waitsForNothing,
  },
  {
    defect: 'says nothing of what the vendor takes besides',
    killedBy: 'changing/implicit',
    saying: 'the implicit change is in 0 outcomes',
    mutate: withOutcome(({ implicit: _, ...outcome }) => outcome),
  },
  {
    defect: 'takes a request of which half was done for done',
    killedBy: 'changing/half',
    saying: 'is applied, not refused or unknown',
    mutate: takesTheHalfForTheWhole,
    harness: acmeHarness,
  },
  {
    defect: 'sends again what was answered without a body',
    killedBy: 'changing/noBody',
    saying: 'was sent: assign license-unheld user-01, assign license-unheld user-01',
    mutate: repeatsWhatHasNoAnswer,
    harness: acmeHarness,
  },
  {
    defect: 'gives up at a user who cannot be changed',
    killedBy: 'changing/refusedUser',
    saying: '"assign license-unheld user-01" is refused (made to fail), not applied',
    mutate: givesUpAtARefusal,
  },
  {
    defect: 'gives up at a user who cannot be changed while others are under way',
    killedBy: 'changing/concurrency',
    saying: 'with one request at a time:',
    mutate: givesUpBesideOthers,
    harness: acmeHarness,
  },
  {
    defect: 'tries every user with credentials that may change none',
    killedBy: 'changing/denied',
    saying: '9 requests were sent, and 8 are under way at most',
    mutate: triesEverybody,
  },
  {
    defect: 'throws where its credentials are wrong',
    killedBy: 'changing/badCredentials',
    saying: 'made to fail',
    mutate: throwsWithoutCredentials,
  },
  {
    defect: 'reads users whom it was given',
    killedBy: 'changing/users',
    saying: '7 requests were made for changes that are already so',
    mutate: readsEverybody,
  },
]
