import * as E from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../../providers/genesys/simulator/index.ts'
import { createWebexProvider, type WebexUserSource } from '../../../providers/webex/index.ts'
import { startWebexSimulator } from '../../../providers/webex/simulator/index.ts'
import type { LicenseProvider } from '../../../src/provider-kit/index.ts'
import { createLicenseReport, type LicenseReport } from '../../../src/report/index.ts'
import type { FaultProgram } from '../../../src/simulator-kit/index.ts'
import { hastyClock } from '../../../src/testing/index.ts'
import { leaksIn, wrongInReport } from '../findings.ts'
import { runs } from '../program.ts'
import { impatient } from '../stage.ts'
import type { Truth } from '../truth.ts'
import type { AnswerField } from './answer-field.ts'
import { genesysAnswers } from './genesys-answers.ts'
import { oddValues, shown } from './odd-values.ts'
import { renderEverywhere } from './render-everywhere.ts'
import { accountAnswers, webexAnswers } from './webex-answers.ts'

const stops: (() => Promise<void>)[] = []
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())))

/** A vendor of which two people hold one license, read in small pages. */
interface Vendor {
  readonly faults: FaultProgram
  readonly newProvider: () => LicenseProvider
  readonly requests: () => number
}

/** So that there is more than one of everything. */
const smallPages = { pageSize: 2 }

const IDS = ['ada', 'bob', 'cyd']
const truth: Truth = new Map(IDS.map((id) => [id, { id, licenseIds: ['L'] }]))

const genesys = async (): Promise<Vendor> => {
  const simulator = await startGenesysSimulator({
    world: {
      definitions: [{ id: 'L', description: 'A license' }],
      licenseRows: IDS.map((id) => ({ id, licenses: ['L'] })),
      directory: IDS.map((id) => ({ id, name: id, email: `${id}@example.com` })),
    },
    // So that the directory is walked by cursor in the end.
    directory: { maximumPageSize: 2, rowLimit: 3, limitedStates: ['any'] },
  })
  stops.push(simulator.destroy)
  return {
    faults: simulator.faults,
    requests: simulator.requests.count,
    newProvider: () =>
      createGenesysProvider({ ...simulator.configuration, ...smallPages, retry: impatient }, { clock: hastyClock() }),
  }
}

const webex = (userSource: WebexUserSource) => async (): Promise<Vendor> => {
  const simulator = await startWebexSimulator({
    world: {
      licenses: [{ id: 'L', name: 'A license', totalUnits: 5, subscriptionId: 'S' }],
      people: IDS.map((id) => ({ id, displayName: id, email: `${id}@example.com`, licenses: ['L'] })),
    },
  })
  stops.push(simulator.destroy)
  const scim = userSource === 'both'
  const configuration = { ...simulator.refreshConfiguration, userSource, scim, ...smallPages, retry: impatient }
  return {
    faults: simulator.faults,
    requests: simulator.requests.count,
    newProvider: () => createWebexProvider(configuration, { clock: hastyClock() }),
  }
}

const MAX_REQUESTS = 400

/**
 * Of every value in every field there are some eight minutes: a long run has them all. Any other one has one value for
 * each field, and each value in some fields.
 */
const EVERY = runs(1) >= 10_000 ? 1 : oddValues.length
const valuesFor = (field: number): readonly unknown[] => oddValues.filter((_, index) => (index + field) % EVERY === 0)

const reportOf = (provider: LicenseProvider): Promise<LicenseReport> =>
  createLicenseReport({ detail: true, findings: {}, groupBy: 'department' })([provider])()

/** Whoever is looked for is found with what they hold, or it is not known. */
const wrongInLookup = async (
  provider: LicenseProvider,
  user: { id: string } | { email: string },
): Promise<readonly string[]> => {
  const found = await provider.getUser(user)()
  if (E.isLeft(found)) return found.left._tag === 'NotFound' ? ['ada is said not to exist'] : leaksIn(found.left, [])
  const { id, licenseIds } = found.right
  return id === 'ada' && licenseIds.join() === 'L' ? [] : [`found ${shown(id)} with ${shown(licenseIds)}`]
}

const wrongWith = async (vendor: Vendor, field: AnswerField, value: unknown): Promise<readonly string[]> => {
  const before = vendor.requests()
  vendor.faults.clear()
  vendor.faults.add({
    match: field.match,
    effect: { kind: 'rewrite', rewrite: (answer) => field.rewrite(answer, value) ?? answer },
  })
  const provider = vendor.newProvider()
  const report = await reportOf(provider)
  const text = await renderEverywhere(report)
  return [
    ...wrongInReport(report, [truth], new Set(['L'])),
    ...leaksIn(report.providers, []),
    ...(vendor.requests() - before > MAX_REQUESTS ? [`${vendor.requests() - before} requests`] : []),
    ...(text === '' ? ['nothing is shown'] : []),
    ...(await wrongInLookup(provider, { id: 'ada' })),
    ...(await wrongInLookup(provider, { email: 'ada@example.com' })),
  ].map((wrong) => `${shown(value)}: ${wrong}`)
}

describe.each([
  { vendor: 'genesys', start: genesys, fields: genesysAnswers },
  { vendor: 'webex by both', start: webex('both'), fields: [...webexAnswers, ...accountAnswers] },
  { vendor: 'webex by licenses', start: webex('licenses'), fields: webexAnswers },
  { vendor: 'webex by people', start: webex('people'), fields: webexAnswers },
])('whatever $vendor answers', ({ start, fields }) => {
  test.each(fields)(
    '$name makes nothing end in an error, and nothing come out that is not so',
    { timeout: 120_000 },
    async (field) => {
      const vendor = await start()
      const wrong: string[] = []
      for (const value of valuesFor(fields.indexOf(field))) {
        if (field.mayBeSo?.(value) !== true) wrong.push(...(await wrongWith(vendor, field, value)))
      }
      expect(wrong).toEqual([])
    },
  )
})
