import { describe, expect, test } from 'vitest'
import {
  createLicenseReport,
  type Paged,
  type PageRequest,
  takeSnapshot,
  toPromise,
  toReadonlyArray,
} from '../../src/index.ts'
import { createSnapshotProvider } from '../../src/snapshot/snapshot-provider.ts'
import { organization } from './reported-organization.ts'

describe('a wrong option of a report is a TypeError that names it, before anything is read', () => {
  test.each([
    [null, 'options: expected an object'],
    [{ clock: {} }, 'clock: expected a clock with now and sleep'],
    [{ signal: {} }, 'signal: expected an AbortSignal'],
    [{ deadlineMs: 'x' }, 'deadlineMs: expected a number of milliseconds'],
    [{ onProgress: 'tell' }, 'onProgress: expected a function'],
    [{ verify: 'no' }, 'verify: expected true or false'],
    [{ mapping: {} }, 'mapping: expected a mapping with rows and personOf'],
    [{ prices: { genesys: {} } }, 'prices: expected a Map of prices, by provider and license'],
    [{ prices: new Map([['genesys', {}]]) }, 'prices: expected a Map of prices, by provider and license'],
    [{ findings: 'all' }, 'findings: expected an object'],
    [{ findings: { suppressions: 'x' } }, 'findings.suppressions: expected a list of suppressions'],
    [{ findings: { dormantAfterDays: Number.NaN } }, 'findings.dormantAfterDays: expected a number of days from 0'],
    [{ findings: { dormantAfterDays: -1 } }, 'findings.dormantAfterDays: expected a number of days from 0'],
  ])('%j', (options, message) => {
    expect(() => createLicenseReport(options as never)).toThrow(new TypeError(`createLicenseReport: ${message}`))
  })

  test('and so is something else than a list of providers', () => {
    expect(() => createLicenseReport()(undefined as never)).toThrow('expected a list of providers')
  })

  test('while an unset option is an absent one', async () => {
    const unset = { signal: undefined, deadlineMs: undefined, findings: { suppressions: undefined } }
    expect(await createLicenseReport(unset)([organization('one')])()).toMatchObject({ complete: true })
  })
})

describe('a wrong option of a list is an error of the list, and not thrown', () => {
  const bytes = new Uint8Array()
  const fromSnapshot = async () => {
    const { manifest } = await toPromise(takeSnapshot([organization('one')]))
    const [kept] = manifest.providers
    if (kept === undefined) throw new Error('the snapshot has no provider')
    return createSnapshotProvider(kept, { licenses: bytes, users: bytes })
  }

  test.each([
    [{ signal: {} }, 'signal: expected an AbortSignal'],
    [{ deadlineMs: 'soon' }, 'deadlineMs: expected a number of milliseconds'],
    [{ continuation: 5 }, 'continuation: expected the continuation of a page'],
    [{ pageSize: 'all' }, 'pageSize: expected a number of items'],
  ])('%j', async (request, message) => {
    const readBy = (list: (request?: PageRequest) => Paged<unknown>) => toReadonlyArray(list(request as never))()
    const left = { _tag: 'RequestRejected', message }
    expect(await readBy(organization('one').listUsers)).toMatchObject({ left })
    expect(await readBy((await fromSnapshot()).listUsers)).toMatchObject({ left })
  })
})
