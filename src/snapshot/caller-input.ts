import { PlanHistory } from '../contract/plan-history.ts'
import { invalidInput, type OneInvalidInput } from '../model/invalid-input.ts'
import { isRecord } from '../model/is-record.ts'
import { aFunction, type OptionChecks, problemsInOptions, yesOrNo } from '../model/option-checks.ts'
import type { Hashing } from '../model/sha256.ts'
import { aClock, callChecks } from '../paging/call-checks.ts'
import type { KnownJournals } from './journals.ts'
import type { ReadSnapshotOptions, SnapshotFolder } from './read-snapshot.ts'
import type { SpooledSnapshotOptions } from './take-snapshot.ts'

const hashing: OptionChecks<Hashing> = { sha256: aFunction }

const taking: OptionChecks<SpooledSnapshotOptions> = {
  ...callChecks,
  ...hashing,
  onProgress: aFunction,
  onProvider: aFunction,
  verify: yesOrNo,
  pseudonyms: { expected: 'pseudonyms with digest', is: (value) => isRecord(value) && aFunction.is(value.digest) },
  clock: aClock,
  spool: {
    expected: 'a spool with append and read',
    is: (value) => isRecord(value) && aFunction.is(value.append) && aFunction.is(value.read),
  },
}

const reading: OptionChecks<ReadSnapshotOptions> = { ...callChecks, clock: aClock, seatsOnly: yesOrNo }

const folders: OptionChecks<SnapshotFolder> = { ...hashing, list: aFunction, read: aFunction, size: aFunction }

const unless = (isSo: boolean, path: string, expected: string): readonly OneInvalidInput[] =>
  isSo ? [] : [invalidInput(path, expected)]

export const problemsInTaking = (providers: unknown, options: unknown): readonly OneInvalidInput[] => [
  ...unless(Array.isArray(providers), 'providers', 'a list of providers'),
  ...problemsInOptions(taking, options),
]

export const problemsInReading = (folder: unknown, options: unknown): readonly OneInvalidInput[] => [
  ...unless(isRecord(folder) && aFunction.is(folder.read), 'folder', 'a folder with list and read'),
  ...(isRecord(folder) ? problemsInOptions(folders, folder, 'folder') : []),
  ...problemsInOptions(reading, options),
]

/** A snapshot as `readSnapshot` gives it. What is in its manifest was decoded then. */
export const problemsInSnapshot = (path: string, snapshot: unknown): readonly OneInvalidInput[] =>
  unless(
    isRecord(snapshot) &&
      isRecord(snapshot.manifest) &&
      Array.isArray(snapshot.manifest.providers) &&
      Array.isArray(snapshot.providers) &&
      aClock.is(snapshot.clock),
    path,
    'a snapshot, as readSnapshot gives it',
  )

const isReading = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value.name === 'string' &&
  isRecord(value.report) &&
  typeof value.report.generatedAt === 'string' &&
  [value.report.providers, value.report.licenses].every(Array.isArray)

export const problemsInTrend = (readings: unknown, damaged: unknown): readonly OneInvalidInput[] => [
  ...unless(
    Array.isArray(readings) && readings.every(isReading),
    'readings',
    'a list of names with the reports of their snapshots',
  ),
  ...unless(
    Array.isArray(damaged) && damaged.every((one) => isRecord(one) && typeof one.name === 'string'),
    'damaged',
    'a list of names with problems',
  ),
]

const areDamaged = (journals: unknown): boolean =>
  Array.isArray(journals) &&
  journals.every((one) => isRecord(one) && typeof one.name === 'string' && typeof one.problem === 'string')

const journals: OptionChecks<KnownJournals> = {
  plans: {
    expected: 'a list of what readPlanHistory gives',
    is: (plans) => Array.isArray(plans) && plans.every(PlanHistory.is),
  },
  damagedJournals: { expected: 'a list of names with problems', is: areDamaged },
}

export const problemsInJournals = (given: unknown): readonly OneInvalidInput[] => problemsInOptions(journals, given)
