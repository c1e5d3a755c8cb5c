import { afterEach, describe, expect, test } from 'vitest'
import { createGenesysProvider, type GenesysConfig } from '../../../providers/genesys/index.ts'
import {
  type GenesysSimulatedUser,
  type GenesysSimulator,
  type GenesysSimulatorOptions,
  startGenesysSimulator,
} from '../../../providers/genesys/simulator/index.ts'
import { createLicenseReport, type LicenseReport } from '../../../src/report/index.ts'
import { stillRuntime } from '../still-runtime.ts'

const DAY_MS = 86_400_000
const DORMANT_AFTER_DAYS = 90

let simulator: GenesysSimulator | undefined

afterEach(async () => {
  await simulator?.destroy()
  simulator = undefined
})

const reportOn = async (
  options: GenesysSimulatorOptions,
  reading: Pick<GenesysConfig, 'activity'> = {},
): Promise<{ readonly report: LicenseReport; readonly truth: readonly GenesysSimulatedUser[] }> => {
  // The time of the simulator, the provider and the report.
  const runtime = stillRuntime()
  simulator = await startGenesysSimulator({ now: runtime.clock.now, ...options })
  const provider = createGenesysProvider({ ...simulator.configuration, ...reading }, runtime)
  const report = await createLicenseReport({ detail: true, clock: runtime.clock })([provider])()
  return { report, truth: [...simulator.organization.users()] }
}

/** When a user was really last online, in milliseconds since 1970. */
const lastOnline = ({ record }: GenesysSimulatedUser): number | undefined =>
  record?.presences?.reduce<number | undefined>((last, { to }) => Math.max(last ?? 0, Date.parse(to)), undefined)

const daysBefore = (report: LicenseReport, time: number): number => (Date.parse(report.generatedAt) - time) / DAY_MS

/** The seats of active accounts whose users have really not been online for so many days. */
const dormantSeats = (
  truth: readonly GenesysSimulatedUser[],
  report: LicenseReport,
  days = DORMANT_AFTER_DAYS,
): readonly string[] =>
  truth
    .filter((user) => user.listed && (user.record?.state ?? 'deleted') === 'active')
    .filter((user) => daysBefore(report, lastOnline(user) ?? Number.POSITIVE_INFINITY) >= days)
    .flatMap(({ id, licenseIds }) => licenseIds.map((license) => `${id} ${license}`))
    .sort()

const foundSeats = ({ findings = [] }: LicenseReport): readonly string[] =>
  findings
    .filter(({ rule }) => rule === 'dormant-holder')
    .map(({ userId, licenseId }) => `${userId} ${licenseId}`)
    .sort()

const reasonsOf = ({ abstentions = [] }: LicenseReport): readonly string[] =>
  abstentions.filter(({ rule }) => rule === 'dormant-holder').map(({ reason }) => reason)

describe('an organization with single sign-on', () => {
  test('has exactly the dormant holders that there are, where by logins with a password all would be', async () => {
    const { report, truth } = await reportOn({ users: 2_000, singleSignOn: true })
    const holders = truth.filter(
      ({ listed, licenseIds, record }) => listed && licenseIds.length > 0 && record?.state === 'active',
    )
    const logins = holders.flatMap(({ record }) => record?.dateLastLogin ?? [])
    expect(logins.length).toBeGreaterThan(800)
    expect(logins.every((time) => daysBefore(report, Date.parse(time)) >= DORMANT_AFTER_DAYS)).toBe(true)

    const dormant = dormantSeats(truth, report)
    expect(dormant.length).toBeGreaterThan(300)
    expect(foundSeats(report)).toEqual(dormant)
    expect(report.staleSources).toMatchObject([{ provider: 'genesys', source: 'dateLastLogin' }])
    // Users who never signed in are for the rule about those.
    const absent = truth.filter(({ listed, licenseIds, record }) => listed && licenseIds.length > 0 && !record).length
    expect(reasonsOf(report)).toEqual([expect.stringMatching(`^the vendor does not say when ${absent} holders of `)])
  })

  test('has no dormant holder where tokens are refused, and says why', async () => {
    const { report } = await reportOn({
      users: 500,
      singleSignOn: true,
      directory: { refusedExpansions: ['lasttokenissued'] },
    })
    expect(report.complete).toBe(true)
    expect(foundSeats(report)).toEqual([])
    expect(reasonsOf(report)).toContainEqual(
      expect.stringContaining('known only from dateLastLogin, which has stopped'),
    )
    expect(report.providers[0]?.ledgers.directory?.remarks).toEqual([
      expect.stringContaining('refused `expand=lasttokenissued`'),
    ])
  })

  test('has none falsely by presence either, where tokens are refused: users who were online are not dormant', async () => {
    const { report, truth } = await reportOn(
      { users: 500, singleSignOn: true, directory: { refusedExpansions: ['lasttokenissued'] } },
      { activity: 'presence' },
    )
    const dormant = new Set(dormantSeats(truth, report))
    const found = foundSeats(report)
    expect(found.filter((seat) => !dormant.has(seat))).toEqual([])
    // Users who were online more than a year ago are not reached, and of the days before, only the end is known.
    const reached = truth.filter((user) => daysBefore(report, lastOnline(user) ?? 0) < 330)
    const expected = dormantSeats(reached, report, DORMANT_AFTER_DAYS + 1)
    expect(expected.length).toBeGreaterThan(50)
    expect(found).toEqual(expect.arrayContaining([...expected]))
  })
})

describe('an organization without single sign-on', () => {
  test('has exactly the dormant holders that there are', async () => {
    const { report, truth } = await reportOn({ users: 1_000 })
    expect(foundSeats(report)).toEqual(dormantSeats(truth, report))
    expect(report.staleSources).toBeUndefined()
  })

  test('has no others by presence, and misses at most those of the last day, as it tells days', async () => {
    const { report, truth } = await reportOn({ users: 1_000 }, { activity: 'presence' })
    const found = foundSeats(report)
    expect(dormantSeats(truth, report)).toEqual(expect.arrayContaining([...found]))
    expect(found).toEqual(expect.arrayContaining([...dormantSeats(truth, report, DORMANT_AFTER_DAYS + 1)]))
    expect(report.staleSources).toBeUndefined()
  })

  test('names each source with its time in the evidence', async () => {
    const { report, truth } = await reportOn({ users: 300 })
    const finding = report.findings?.find(({ rule }) => rule === 'dormant-holder')
    const record = truth.find(({ id }) => id === finding?.userId)?.record
    expect(finding?.evidence).toMatchObject({
      lastActiveAt: record?.lastTokenIssued,
      sources: `dateLastLogin ${record?.dateLastLogin}, lastTokenIssued ${record?.lastTokenIssued}`,
    })
  })
})
