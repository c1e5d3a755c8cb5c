import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import {
  boundedProvider,
  brakeOf,
  checkReport,
  collect,
  createJournal,
  createLicenseReport,
  createTrend,
  diffSnapshots,
  findUsers,
  handingOn,
  intentsOfFindings,
  listHolders,
  providerWith,
  readManifest,
  readSnapshot,
  removalsOf,
  soundProvider,
  takeSnapshot,
  toPromise,
  toReadonlyArray,
  withDeclaredLicenses,
} from '../../src/index.ts'
import { isRecord } from '../../src/model/is-record.ts'
import {
  type CheckFormat,
  type CheckRows,
  checkRowFormats,
  createLicenseWriter,
  createUserWriter,
  renderChanges,
  renderCheck,
  renderDiff,
  renderPerson,
  renderPlan,
  renderReport,
  renderTrend,
} from '../../src/render/index.ts'
import { organization } from '../report/reported-organization.ts'
import { thrownBy } from './thrown-by.ts'

/** What a program without types may hand in by mistake. */
const mistakes = [undefined, null, 5, 'x', {}, []] as never[]
const provider = organization('one')
const folder = { list: async () => [], read: async () => new Uint8Array() }

/** What is wrong by the failure of a task. */
const leftOf = async (task: () => Promise<E.Either<unknown, unknown>>): Promise<unknown> => {
  const result = await task()
  return E.isLeft(result) ? result.left : result
}

describe('a function that can fail gives what is wrong with its arguments as its failure', () => {
  const tag = '_tag'
  for (const wrong of mistakes) {
    test(`${JSON.stringify(wrong) ?? 'undefined'} is no provider, no snapshot and no folder`, async () => {
      const snapshotInput = { [tag]: 'SnapshotInputInvalid' }
      expect(await leftOf(findUsers(wrong, [{ id: 'a' }]))).toMatchObject({
        [tag]: 'RequestRejected',
        message: expect.stringMatching(/^provider: expected a provider with/),
      })
      expect(await leftOf(diffSnapshots(wrong, wrong))).toMatchObject({ ...snapshotInput, path: 'before' })
      expect(await leftOf(readSnapshot(wrong))).toMatchObject({ ...snapshotInput, path: 'folder' })
      expect(await leftOf(readManifest(wrong))).toMatchObject({ ...snapshotInput, path: 'folder' })
    })
  }

  test.each([
    [{ signal: {} }, 'signal', 'an AbortSignal'],
    [{ deadlineMs: 'x' }, 'deadlineMs', 'a number of milliseconds'],
    [{ clock: {} }, 'clock', 'a clock with now and sleep'],
  ])('%j is no option', async (options, path, expected) => {
    const invalid = { [tag]: 'SnapshotInputInvalid', path, expected, message: `${path}: expected ${expected}` }
    expect(await leftOf(takeSnapshot([provider], options as never))).toEqual(invalid)
    expect(await leftOf(readSnapshot(folder, options as never))).toEqual(invalid)
    expect(await leftOf(readManifest(folder, options as never))).toEqual(invalid)
    expect(await leftOf(findUsers(provider, [{ id: 'a' }], options as never))).toMatchObject({
      [tag]: 'RequestRejected',
      provider: 'one',
      message: invalid.message,
    })
  })

  test.each([
    [undefined, {}, 'providers'],
    [[provider], 5, 'options'],
    [[provider], { sha256: 5 }, 'sha256'],
    [[provider], { pseudonyms: {} }, 'pseudonyms'],
    [[provider], { onProgress: 'tell' }, 'onProgress'],
  ])(
    'and takes no snapshot of anything else than providers, or with other options',
    async (providers, options, path) => {
      expect(await leftOf(takeSnapshot(providers as never, options as never))).toMatchObject({
        [tag]: 'SnapshotInputInvalid',
        path,
      })
    },
  )

  test('findUsers checks users and options for a provider that does not', async () => {
    const { findUsers: _, ...careless } = provider
    expect(await leftOf(findUsers(careless, [{ id: 5 }] as never))).toMatchObject({ [tag]: 'RequestRejected' })
  })
})

describe('a function that has no failure to give throws InvalidInput in the one exception', () => {
  const report = async () => createLicenseReport()([provider])()
  const pathOf = (rendered: Promise<unknown>) => rendered.catch(({ error }) => `${error._tag} ${error.path}`)

  for (const wrong of mistakes) {
    test(`${JSON.stringify(wrong) ?? 'undefined'} is no report and no function`, () => {
      expect(thrownBy(() => checkReport(wrong, {}))).toMatchObject([{ path: 'report' }])
      expect(thrownBy(() => createJournal(wrong))).toMatchObject([{ path: 'append' }])
      const list = [{ path: 'list' }]
      expect(
        thrownBy(() =>
          collect(
            () => 0,
            (count) => count,
          )(wrong),
        ),
      ).toMatchObject(list)
      expect(thrownBy(() => toReadonlyArray(wrong))).toMatchObject(list)
    })
  }

  test('what is no provider cannot be wrapped, or asked for holders', () => {
    const noProvider = [{ _tag: 'InvalidInput', path: 'provider' }]
    for (const wrong of [undefined, null, 5, 'x', []] as never[]) {
      expect(thrownBy(() => handingOn(wrong))).toMatchObject(noProvider)
      expect(thrownBy(() => soundProvider(wrong))).toMatchObject(noProvider)
      expect(thrownBy(() => boundedProvider(wrong))).toMatchObject(noProvider)
      expect(thrownBy(() => providerWith(wrong, {}))).toMatchObject(noProvider)
      expect(thrownBy(() => listHolders(wrong, 'a'))).toMatchObject(noProvider)
      expect(thrownBy(() => withDeclaredLicenses(wrong, new Map()))).toMatchObject(noProvider)
    }
  })

  for (const wrong of mistakes) {
    test(`${JSON.stringify(wrong) ?? 'undefined'} is no plan to confirm, and no report to make intents of`, () => {
      const noPlan = [{ _tag: 'InvalidInput', path: 'plan' }]
      expect(thrownBy(() => brakeOf(wrong))).toMatchObject(noPlan)
      expect(thrownBy(() => removalsOf(wrong))).toMatchObject(noPlan)
      expect(thrownBy(() => intentsOfFindings(wrong, { rules: [] }))).toMatchObject([{ path: 'report' }])
    })

    test(`${JSON.stringify(wrong) ?? 'undefined'} is not rendered`, async () => {
      expect(await pathOf(renderReport(wrong, { format: 'json' }))).toBe('InvalidInput report')
      expect(await pathOf(renderPlan(wrong, { format: 'json' }))).toBe('InvalidInput plan')
      if (!Array.isArray(wrong))
        expect(await pathOf(renderPerson(wrong, { format: 'json' }))).toBe('InvalidInput person')
      if (isRecord(wrong)) return
      const made = await report()
      for (const render of [renderChanges, renderCheck, renderDiff, renderTrend]) {
        expect(await pathOf(render(wrong, { format: 'json' } as never))).toBe('InvalidInput result')
        expect(await pathOf(render({} as never, wrong))).toBe('InvalidInput options')
      }
      expect(await pathOf(renderReport(made, wrong))).toBe('InvalidInput options')
      expect(await pathOf(renderPerson([], wrong))).toBe('InvalidInput options')
      expect(await pathOf(createUserWriter(wrong))).toBe('InvalidInput options')
      expect(await pathOf(createLicenseWriter(wrong))).toBe('InvalidInput options')
    })
  }

  test('rows of a check are refused in a format that has none, and where they fit none', async () => {
    const result = checkReport(await report(), { maxUtilization: 90 })
    const refused = (format: CheckFormat, rows: CheckRows) => pathOf(renderCheck(result, { format, rows }))
    expect(await refused('junit', { limit: 1 })).toBe('InvalidInput rows')
    expect(await refused('message', { sort: ['seats'] })).toBe('InvalidInput rows')
    for (const format of checkRowFormats) {
      expect(await refused(format, { limit: 0 })).toBe('InvalidInput limit')
      expect(await refused(format, { columns: ['sets'] })).toBe('InvalidInput columns')
    }
  })

  test('a task that was not called is no report, and says what to do', async () => {
    const task: unknown = createLicenseReport()([provider])
    await expect(renderReport(task as never, { format: 'html' })).rejects.toThrow('a task must be called')
  })

  test('a trend is not made of anything else than reports with names', async () => {
    for (const wrong of [undefined, null, 5, 'x', {}, [{}], [null], [{ name: 'a', report: {} }]] as never[]) {
      expect(thrownBy(() => createTrend(wrong))).toMatchObject([{ path: 'readings' }])
    }
    expect(thrownBy(() => createTrend([], 5 as never))).toMatchObject([{ path: 'damaged' }])
    expect(createTrend([{ name: 'a', report: await report() }]).snapshots).toHaveLength(1)
  })

  test('a check names the option', async () => {
    const made = await report()
    const checked = (options: unknown) => thrownBy(() => checkReport(made, {}, options as never))
    expect(checked(null)).toMatchObject([{ path: 'options' }])
    expect(checked({ only: 5, baseline: [] })).toMatchObject([{ path: 'options.only' }, { path: 'options.baseline' }])
    expect(thrownBy(() => checkReport(made, [] as never))).toMatchObject([{ path: 'limits' }])
  })

  test('a journal names the option', () => {
    const opened = (options: unknown) => thrownBy(() => createJournal(async () => {}, options as never))
    expect(opened({ text: 5, now: 'now' })).toMatchObject([{ path: 'text' }, { path: 'now' }])
    expect(opened(null)).toMatchObject([{ path: 'options' }])
  })

  test('what is no task is no promise', async () => {
    for (const wrong of [undefined, provider.getUser, async () => 5, async () => undefined] as never[]) {
      await expect(toPromise(wrong)).rejects.toMatchObject({ error: { path: 'result' } })
    }
  })
})
