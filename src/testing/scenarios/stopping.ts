import * as E from 'fp-ts/lib/Either.js'
import { findUsers } from '../../provider-kit/index.ts'
import { conformancePageSize } from '../disturbance.ts'
import { must } from '../must.ts'
import {
  inTime,
  iterate,
  mustBe,
  read,
  readWhole,
  runLeft,
  runRight,
  settle,
  whenPassed,
  withLongerDeadlines,
} from '../readings.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import { compareUsers } from '../truth.ts'

const paged = { pageSize: conformancePageSize }

export const stoppingScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'requests/none-before-iteration',
    title: 'a provider requests nothing before a list is iterated or a task is called',
    play: async ({ provider, served, world }) => {
      const { busiestLicenseId } = world
      provider.listLicenses()[Symbol.asyncIterator]()
      provider.listLicenses().pages()[Symbol.asyncIterator]()
      provider.listUsers()[Symbol.asyncIterator]()
      provider.listUsers(paged).pages()[Symbol.asyncIterator]()
      provider.listHolders?.(busiestLicenseId).pages()[Symbol.asyncIterator]()
      provider.getLicense(busiestLicenseId)
      provider.getUser({ id: 'user-01' })
      await settle()
      must(served.requests() === 0, `${served.requests()} requests were made`)
    },
  },
  {
    id: 'requests/afresh',
    title: 'every iteration of a list asks the vendor again',
    play: async (stage) => {
      const list = stage.provider.listUsers(paged)
      compareUsers(stage, (await readWhole(stage, list)).items)
      const before = stage.served.requests()
      must(before > 0, 'the harness does not count requests')
      compareUsers(stage, (await readWhole(stage, list)).items)
      must(stage.served.requests() > before, 'the second iteration asked nothing')
    },
  },
  {
    id: 'requests/two-at-once',
    title: 'two iterations of one list at the same time do not disturb each other',
    play: async (stage) => {
      const list = stage.provider.listUsers(paged)
      const readings = await Promise.all([readWhole(stage, list), iterate(stage, list)])
      for (const { items } of readings) compareUsers(stage, items)
    },
  },
  {
    id: 'requests/break',
    title: 'a list requests nothing after the caller has stopped iterating',
    play: async ({ provider, served }) => {
      const stopAtFirst = async () => {
        for await (const _ of provider.listUsers(paged)) break
      }
      await inTime(stopAtFirst(), 'stopping')
      const before = served.requests()
      await settle()
      must(served.requests() === before, `${served.requests() - before} requests were made after the caller stopped`)
    },
  },
  {
    id: 'requests/break-spares',
    title: 'a caller who stops after the first page causes no requests for the others',
    needs: ['incrementalUsers'],
    play: async (stage) => {
      const { provider, served } = stage
      await readWhole(stage, provider.listUsers(paged))
      const whole = served.requests()
      const stopAtFirst = async () => {
        for await (const _ of provider.listUsers(paged)) break
      }
      await inTime(stopAtFirst(), 'stopping')
      await settle()
      const spent = served.requests() - whole
      must(spent < whole, `stopping at the first user took ${spent} requests, the whole list ${whole}`)
    },
  },
  {
    id: 'requests/aborted-before',
    title: 'a signal that has fired already is answered with Aborted and no request',
    play: async (stage) => {
      const { provider, served, world } = stage
      const options = { signal: AbortSignal.abort() }
      mustBe((await read(stage, provider.listLicenses(options))).error, ['Aborted'], 'listLicenses')
      mustBe((await read(stage, provider.listUsers(options))).error, ['Aborted'], 'listUsers')
      await runLeft(stage, provider.getLicense(world.busiestLicenseId, options), ['Aborted'], 'getLicense')
      await runLeft(stage, provider.getUser({ id: stage.userId('user-01') }, options), ['Aborted'], 'getUser')
      must(served.requests() === 0, `${served.requests()} requests were made`)
    },
  },
  {
    id: 'requests/aborted-between-pages',
    title: 'a signal that fires between two pages ends the list with Aborted',
    needs: ['incrementalUsers'],
    play: async (stage) => {
      const controller = new AbortController()
      const tags: string[] = []
      const reading = async () => {
        for await (const page of stage.provider.listUsers({ ...paged, signal: controller.signal }).pages()) {
          tags.push(E.isLeft(page) ? page.left._tag : 'page')
          controller.abort()
        }
      }
      await inTime(reading(), 'stopping')
      must(tags.at(-1) === 'Aborted', `the list went on: ${tags.join(', ')}`)
      const before = stage.served.requests()
      await settle()
      must(stage.served.requests() === before, 'requests were made after the signal had fired')
    },
  },
  {
    id: 'requests/aborted-during',
    title: 'a signal that fires while a page is under way ends the list with Aborted at once',
    disturbance: 'hangingPage',
    play: async (stage) => {
      const controller = new AbortController()
      setTimeout(() => controller.abort(), 30)
      const { error } = await read(stage, stage.provider.listUsers({ ...paged, signal: controller.signal }))
      mustBe(error, ['Aborted'], 'listUsers')
    },
  },
  {
    id: 'requests/deadline-past',
    title: 'a deadline that has passed is answered with DeadlineExceeded and no request',
    play: async (stage) => {
      const { provider, served, world } = stage
      for (const deadlineMs of [0, -1]) {
        const options = { deadlineMs }
        mustBe((await read(stage, provider.listLicenses(options))).error, ['DeadlineExceeded'], 'listLicenses')
        mustBe((await read(stage, provider.listUsers(options))).error, ['DeadlineExceeded'], 'listUsers')
        await runLeft(stage, provider.getLicense(world.busiestLicenseId, options), ['DeadlineExceeded'], 'getLicense')
        await runLeft(stage, provider.getUser({ id: 'user-01' }, options), ['DeadlineExceeded'], 'getUser')
      }
      must(served.requests() === 0, `${served.requests()} requests were made`)
    },
  },
  {
    id: 'requests/deadline-from-the-run',
    title: 'a deadline counts from when a task is run or a list is read, however long before that it was made',
    play: async (stage) => {
      const { provider, world } = stage
      const id = stage.userId('user-01')
      await withLongerDeadlines(async (deadlineMs) => {
        const options = { deadlineMs }
        const license = provider.getLicense(world.busiestLicenseId, options)
        const user = provider.getUser({ id }, options)
        const users = findUsers(provider, [{ id }], options)
        const list = provider.listLicenses(options)
        await whenPassed(deadlineMs)
        await runRight(stage, license, 'getLicense')
        await runRight(stage, user, 'getUser')
        const [found] = await runRight(stage, users, 'findUsers')
        must(found?.kind === 'found', `findUsers did not find the user: ${found?.kind}`)
        const { error } = await read(stage, list)
        must(error === undefined, `listLicenses failed: ${error?._tag}`)
      })
    },
  },
  {
    id: 'requests/deadline-during',
    title: 'a deadline that passes while a page is under way ends the list with DeadlineExceeded',
    disturbance: 'hangingPage',
    play: async (stage) => {
      const { error } = await read(stage, stage.provider.listUsers({ ...paged, deadlineMs: 50 }))
      mustBe(error, ['DeadlineExceeded'], 'listUsers')
    },
  },
]
