import type { AssignmentChange, LicensedUser } from '../../provider-kit/index.ts'
import { disturbances, lateChangeMs } from '../disturbance.ts'
import { must } from '../must.ts'
import { changesOf, compareChanged, mustAllBe, mustBeRefused, mustBeSame, outcomesOf, stageAfter } from '../outcomes.ts'
import { inTime, runRight, settle } from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import { onStage, type Stage } from '../stage.ts'
import { compareUser } from '../truth.ts'
import { worldIds } from '../world.ts'

/** By the ids of the world: user-01 to user-09 are people like any other. */
const assign = (stage: Stage, userId: string, licenseId: string = worldIds.unheldLicense): AssignmentChange => ({
  action: 'assign',
  userId: stage.userId(userId),
  licenseId: stage.licenseId(licenseId),
})
const remove = (stage: Stage, userId: string, licenseId: string = worldIds.overAssignedLicense): AssignmentChange => ({
  ...assign(stage, userId, licenseId),
  action: 'remove',
})

/** What two users get and lose; both can be done. */
const twoChanges = (stage: Stage): readonly AssignmentChange[] => [assign(stage, 'user-01'), remove(stage, 'user-03')]

/** What two users hold and do not hold as it is. */
const nothingNew = (stage: Stage): readonly AssignmentChange[] => [
  { ...assign(stage, 'user-01'), licenseId: stage.world.busiestLicenseId },
  remove(stage, 'user-01'),
  remove(stage, 'user-04'),
]

/** A hook that keeps what it is told. */
const createHearer = () => {
  const announced: AssignmentChange[] = []
  const beforeSending = async (changes: readonly AssignmentChange[]) => {
    announced.push(...changes)
  }
  return { announced, beforeSending }
}

/** Longer than any request takes; for hooks that wait for something that need not come. */
const PATIENCE_MS = 1_000

/** A promise and what resolves it, which it does by itself after a time. */
const createGate = () => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS)
    open = () => {
      clearTimeout(timer)
      resolve()
    }
  })
  return { open, opened }
}

/** The users of some changes, as the provider reads them. */
const readUsers = async (
  stage: Stage,
  changes: readonly AssignmentChange[],
): Promise<ReadonlyMap<string, LicensedUser>> => {
  const users = new Map<string, LicensedUser>()
  for (const { userId: id } of changes) users.set(id, await runRight(stage, stage.provider.getUser({ id }), 'getUser'))
  return users
}

/** How many requests changing takes, once everything has been used. */
const requestsOfChanging = async (
  stage: Stage,
  changes: readonly AssignmentChange[],
  given: 'withUsers' | 'withoutUsers',
): Promise<number> => {
  const users = await readUsers(stage, changes)
  const before = stage.served.requests()
  const outcomes = await outcomesOf(stage, changes, given === 'withUsers' ? { users } : {})
  mustAllBe(outcomes, ['applied', 'alreadySo'])
  return stage.served.requests() - before
}

/** A license for each of the nine people who are like any other. */
const personByPerson = (stage: Stage): readonly AssignmentChange[] =>
  Array.from({ length: 9 }, (_, index) => assign(stage, `user-0${index + 1}`))

/** Changes of all of them in some order, the one who cannot be changed first or last. */
const changeAllButOne = async (
  stage: Stage,
  inOrder: (changes: readonly AssignmentChange[]) => readonly AssignmentChange[],
): Promise<void> => {
  const refused = stage.world.refusedUserId
  const others = personByPerson(stage).filter(({ userId }) => userId !== refused)
  const outcomes = await outcomesOf(stage, inOrder([assign(stage, worldIds.refused), ...others]))
  const ofRefused = outcomes.filter(({ change }) => change.userId === refused)
  mustAllBe(ofRefused, ['refused'])
  mustAllBe(
    outcomes.filter((outcome) => !ofRefused.includes(outcome)),
    ['applied'],
  )
  await compareChanged(stage, others)
}

/** Something in the change of `user-01` that the vendor does not know: it is refused, and the change of `user-02` is made. */
const refusesUnknown = (
  what: string,
  unknown: (stage: Stage) => AssignmentChange,
): Omit<ScenarioSpecification, 'id'> => ({
  title: `a change of ${what} that the vendor does not know is refused, and the others are made`,
  play: async (stage) => {
    const good = assign(stage, 'user-02')
    const outcomes = await outcomesOf(stage, [unknown(stage), good])
    mustAllBe(outcomes.slice(0, 1), ['refused'])
    mustAllBe(outcomes.slice(1), ['applied'])
    await compareChanged(stage, [good])
  },
})

const scenarios: readonly ScenarioSpecification[] = [
  {
    id: 'changing/applied',
    title: 'an assignment and a removal are applied, and every reading of users shows them',
    play: async (stage) => {
      const changes = twoChanges(stage)
      mustAllBe(await outcomesOf(stage, changes), ['applied'])
      await compareChanged(stage, changes)
      const read = await readUsers(stage, changes)
      for (const expected of stageAfter(stage, changes).world.users) {
        const user = read.get(expected.id)
        if (user !== undefined) compareUser(stage, user, expected)
      }
    },
  },
  {
    id: 'changing/alreadySo',
    title: 'a change that is already so is alreadySo, and is not sent',
    play: async (stage) => {
      const { announced, beforeSending } = createHearer()
      mustAllBe(await outcomesOf(stage, nothingNew(stage), { beforeSending }), ['alreadySo'])
      mustBeSame(announced, [], 'was sent')
      await compareChanged(stage, [])
    },
  },
  {
    id: 'changing/oneOutcome',
    title: 'every change gets one outcome, also if the caller gives it twice',
    play: async (stage) => {
      const changes = twoChanges(stage)
      const outcomes = await outcomesOf(stage, [...changes, ...changes])
      // Of two that are the same, the second may be found to be done.
      mustAllBe(outcomes, ['applied', 'alreadySo'])
      const applied = outcomes.filter(({ result }) => result === 'applied').map(({ change }) => change.userId)
      must(new Set(applied).size === changes.length, 'a change that was given twice and made is not applied')
      await compareChanged(stage, changes)
    },
  },
  {
    id: 'changing/unknownUser',
    ...refusesUnknown('a user', (stage) => assign(stage, 'user-none')),
  },
  {
    id: 'changing/unknownLicense',
    ...refusesUnknown('a license', (stage) => assign(stage, 'user-01', 'license-none')),
  },
  {
    id: 'changing/contradiction',
    title: 'two changes that assign and remove the same license are refused, and neither is sent',
    play: async (stage) => {
      const good = assign(stage, 'user-02')
      const contradicting = [assign(stage, 'user-01'), remove(stage, 'user-01', worldIds.unheldLicense)]
      const { announced, beforeSending } = createHearer()
      const outcomes = await outcomesOf(stage, [...contradicting, good], { beforeSending })
      mustAllBe(outcomes.slice(0, 2), ['refused'])
      mustAllBe(outcomes.slice(2), ['applied'])
      const sent = announced.filter(({ userId }) => userId !== good.userId)
      mustBeSame(sent, [], 'was sent')
      await compareChanged(stage, [good])
    },
  },
  {
    id: 'changing/callingContradiction',
    title:
      'two changes that assign the same license with different calling properties are refused, and neither is sent',
    play: async (stage) => {
      const good = assign(stage, 'user-02')
      const withExtension = (extension: string): AssignmentChange => ({
        ...assign(stage, 'user-01'),
        calling: { extension, locationId: 'location' },
      })
      const { announced, beforeSending } = createHearer()
      const contradicting = [withExtension('1001'), withExtension('1002')]
      const outcomes = await outcomesOf(stage, [...contradicting, good], { beforeSending })
      mustAllBe(outcomes.slice(0, 2), ['refused'])
      mustAllBe(outcomes.slice(2), ['applied'])
      mustBeSame(announced, [good], 'was sent')
      await compareChanged(stage, [good])
    },
  },
  {
    id: 'changing/announced',
    title: 'beforeSending hears of each change once, and no change takes effect before that',
    play: async (stage) => {
      const changes = twoChanges(stage)
      const announced: AssignmentChange[] = []
      const early: string[] = []
      const outcomes = await outcomesOf(stage, changes, {
        beforeSending: async (sent) => {
          announced.push(...sent)
          await settle()
          for (const { userId, licenseId, action } of sent) {
            const { licenseIds } = await runRight(stage, stage.provider.getUser({ id: userId }), 'getUser')
            if (licenseIds.includes(licenseId) === (action === 'assign')) early.push(userId)
          }
        },
      })
      mustAllBe(outcomes, ['applied'])
      mustBeSame(announced, changes, 'was announced')
      must(early.length === 0, `it took effect before beforeSending had heard of it: ${early.join(', ')}`)
    },
  },
  {
    id: 'changing/unheard',
    title: 'if beforeSending fails, no change takes effect, and the iteration rejects',
    play: async (stage) => {
      const deaf = new Error('beforeSending failed')
      const thrown = await outcomesOf(stage, twoChanges(stage), { beforeSending: () => Promise.reject(deaf) }).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      must(thrown === deaf, `the iteration did not reject with what beforeSending did: ${thrown}`)
      await compareChanged(stage, [])
    },
  },
  {
    id: 'changing/lazy',
    title: 'changeAssignments requests nothing before its outcomes are iterated',
    play: async (stage) => {
      changesOf(stage, twoChanges(stage))
      changesOf(stage, twoChanges(stage))[Symbol.asyncIterator]()
      await settle()
      must(stage.served.requests() === 0, `${stage.served.requests()} requests were made`)
    },
  },
  {
    id: 'changing/break',
    title: 'changeAssignments requests nothing after the caller has stopped iterating',
    play: async (stage) => {
      const changes = [...twoChanges(stage), assign(stage, 'user-04')]
      const { open, opened } = createGate()
      let announcements = 0
      // Whatever is sent by itself waits until the consumer has stopped, but for the first.
      const beforeSending = () => {
        announcements += 1
        return announcements === 1 ? Promise.resolve() : opened
      }
      const stopAtFirst = async () => {
        for await (const _ of changesOf(stage, changes, { beforeSending })) {
          // A provider may wait for what it has begun, and that goes on when the caller has stopped.
          void settle().then(open)
          break
        }
      }
      await inTime(stopAtFirst(), 'stopping')
      const before = stage.served.requests()
      open()
      await settle()
      const after = stage.served.requests() - before
      must(after === 0, `${after} requests were made after the caller stopped`)
    },
  },
  {
    id: 'changing/aborted',
    title: 'after the signal has fired nothing is sent, and every change left is refused with Aborted',
    play: async (stage) => {
      const changes = [...twoChanges(stage), assign(stage, 'user-04')]
      const controller = new AbortController()
      const { signal } = controller
      let before = 0
      const stop = async () => {
        // What is read for other changes beside the first has arrived by then.
        await settle()
        before = stage.served.requests()
        controller.abort()
      }
      let stopped: Promise<void> | undefined
      const beforeSending = () => {
        stopped ??= stop()
        return stopped
      }
      mustBeRefused(await outcomesOf(stage, changes, { signal, beforeSending }), ['Aborted'])
      mustBeRefused(await outcomesOf(stage, changes, { signal }), ['Aborted'])
      await settle()
      const after = stage.served.requests() - before
      must(after === 0, `${after} requests were made after the signal had fired`)
      await compareChanged(stage, [])
    },
  },
  {
    id: 'changing/throttled',
    title: `${disturbances.rateLimitedOnce} is waited for, and everything is applied`,
    disturbance: 'rateLimitedOnce',
    play: async (stage) => {
      const changes = twoChanges(stage)
      mustAllBe(await outcomesOf(stage, changes), ['applied'])
      await compareChanged(stage, changes)
    },
  },
  {
    id: 'changing/lostAnswer',
    title: `${disturbances.lostAnswer} is applied or unknown, never refused`,
    disturbance: 'lostAnswer',
    play: async (stage) => {
      const changes = twoChanges(stage)
      mustAllBe(await outcomesOf(stage, changes), ['applied', 'unknown'])
      await compareChanged(stage, changes)
    },
  },
  {
    id: 'changing/noBody',
    title: `${disturbances.silentChange} is applied, and the change is sent once`,
    disturbance: 'silentChange',
    play: async (stage) => {
      const changes = twoChanges(stage)
      const { announced, beforeSending } = createHearer()
      mustAllBe(await outcomesOf(stage, changes, { beforeSending }), ['applied'])
      mustBeSame(announced, changes, 'was sent')
      await compareChanged(stage, changes)
    },
  },
  {
    id: 'changing/late',
    title: `${disturbances.lateChange} is applied for a caller who waits, unknown for one who does not, and never refused`,
    disturbance: 'lateChange',
    play: async (stage) => {
      const changes = twoChanges(stage)
      mustAllBe(await outcomesOf(stage, changes, { settleWithinMs: lateChangeMs / 10 }), ['unknown'])
      mustAllBe(await outcomesOf(stage, changes), ['applied', 'alreadySo'])
      await compareChanged(stage, changes)
      await onStage(stage.harness, 'lateChange', async (another) => {
        mustAllBe(await outcomesOf(another, twoChanges(another)), ['applied'])
      })
    },
  },
  {
    id: 'changing/implicit',
    title: `${disturbances.implicitChange} is named in one outcome of that user, and in no other`,
    disturbance: 'implicitChange',
    play: async (stage) => {
      const { busiestLicenseId } = stage.world
      const changes = [...twoChanges(stage), assign(stage, 'user-01', worldIds.overAssignedLicense)]
      const outcomes = await outcomesOf(stage, changes)
      mustAllBe(outcomes, ['applied'])
      const told = outcomes.flatMap(({ change, implicit }) => (implicit === undefined ? [] : [{ change, ...implicit }]))
      must(told.length === 1, `the implicit change is in ${told.length} outcomes`)
      for (const { change, lost, gained } of told) {
        must(
          change.userId === stage.userId('user-01'),
          `the implicit change is in an outcome of ${change.userId}, who lost no other license`,
        )
        must(lost.join() === busiestLicenseId, `the outcome says that ${lost.join() || 'nothing'} was lost`)
        must(gained.length === 0, `the outcome says that ${gained.join()} was gained`)
      }
      await compareChanged(stage, [
        ...changes,
        { ...assign(stage, 'user-01', ''), action: 'remove', licenseId: busiestLicenseId },
      ])
    },
  },
  {
    id: 'changing/half',
    title: `${disturbances.halfChange} gives applied for that part, and never for the rest`,
    disturbance: 'halfChange',
    play: async (stage) => {
      const changes = [
        assign(stage, 'user-01'),
        assign(stage, 'user-01', worldIds.overAssignedLicense),
        remove(stage, 'user-03'),
        { ...remove(stage, 'user-03'), licenseId: stage.world.busiestLicenseId },
      ]
      const outcomes = await outcomesOf(stage, changes)
      mustAllBe(outcomes, ['applied', 'refused', 'unknown'])
      const users = await readUsers(stage, changes)
      const isSo = ({ action, userId, licenseId }: AssignmentChange) =>
        users.get(userId)?.licenseIds.includes(licenseId) === (action === 'assign')
      const made = changes.filter(isSo)
      must(made.length > 0 && made.length < changes.length, `${made.length} of ${changes.length} changes were made`)
      mustAllBe(
        outcomes.filter(({ change }) => isSo(change)),
        ['applied'],
      )
      mustAllBe(
        outcomes.filter(({ change }) => !isSo(change)),
        ['refused', 'unknown'],
      )
    },
  },
  {
    id: 'changing/ignored',
    title: `${disturbances.ignoredChange} is never applied: the read-back decides`,
    disturbance: 'ignoredChange',
    play: async (stage) => {
      mustAllBe(await outcomesOf(stage, twoChanges(stage)), ['refused', 'unknown', 'pending'])
      await compareChanged(stage, [])
    },
  },
  {
    id: 'changing/refusedUser',
    title: `${disturbances.refusedUser} does not stop the changes of the others, before or after`,
    disturbance: 'refusedUser',
    play: async (stage) => {
      await changeAllButOne(stage, (all) => all)
      await onStage(stage.harness, 'refusedUser', (another) => changeAllButOne(another, (all) => [...all].reverse()))
    },
  },
  {
    id: 'changing/concurrency',
    title: 'the outcomes are the same with one request at a time and with many',
    disturbance: 'refusedUser',
    needs: ['concurrency'],
    play: async (stage) => {
      const told: string[] = []
      for (const concurrency of [1, 3, 8]) {
        const play = async (another: Stage) => {
          const outcomes = await outcomesOf(another, personByPerson(another))
          told.push(outcomes.map(({ change, result }) => `${change.userId} ${result}`).join(', '))
        }
        await onStage(stage.harness, 'refusedUser', play, { concurrency })
      }
      const [alone, ...together] = told
      for (const other of together) must(other === alone, `with one request at a time: ${alone}; with more: ${other}`)
    },
  },
  {
    id: 'changing/denied',
    title: `with ${disturbances.changesDenied}, all changes are refused with PermissionDenied`,
    disturbance: 'changesDenied',
    play: async (stage) => {
      let requests = 0
      const beforeSending = async () => {
        requests += 1
      }
      const changes = personByPerson(stage)
      mustBeRefused(await outcomesOf(stage, changes, { beforeSending }), ['PermissionDenied'])
      const { maximumInFlight } = stage
      must(requests <= maximumInFlight, `${requests} requests were sent, and ${maximumInFlight} are under way at most`)
      await compareChanged(stage, [])
    },
  },
  {
    id: 'changing/badCredentials',
    title: 'with wrong credentials every change is refused with AuthenticationFailed, and nothing is thrown',
    disturbance: 'badCredentials',
    play: async (stage) => {
      const changes = twoChanges(stage)
      mustBeRefused(await outcomesOf(stage, changes), ['AuthenticationFailed'])
      // Their licenses need not be read then: the change itself is the first request that is refused.
      const users = new Map(stage.world.users.map((user) => [user.id, { ...user, provider: stage.provider.id }]))
      mustBeRefused(await outcomesOf(stage, changes, { users }), ['AuthenticationFailed'])
    },
  },
  {
    id: 'changing/users',
    title: 'changeAssignments does not read users again that the caller gives it',
    play: async (stage) => {
      const wasted = await requestsOfChanging(stage, nothingNew(stage), 'withUsers')
      must(wasted === 0, `${wasted} requests were made for changes that are already so`)
      const spent = await requestsOfChanging(stage, twoChanges(stage), 'withUsers')
      let enough = 0
      await onStage(stage.harness, undefined, async (another) => {
        enough = await requestsOfChanging(another, twoChanges(another), 'withoutUsers')
      })
      must(spent <= enough, `${spent} requests were made with the users given, ${enough} without`)
    },
  },
]

/** Only of providers that can change something. */
export const changingScenarios: readonly ScenarioSpecification[] = scenarios.map((scenario) => ({
  ...scenario,
  needs: ['changing', ...(scenario.needs ?? [])],
}))
