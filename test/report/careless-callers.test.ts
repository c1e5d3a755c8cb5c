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
import { thrownBy } from '../model/thrown-by.ts'
import { organization } from './reported-organization.ts'

describe('a wrong option of a report is InvalidInput that names it, before anything is read', () => {
  test.each([
    [null, 'options', 'an object'],
    [{ clock: {} }, 'clock', 'a clock with now and sleep'],
    [{ signal: {} }, 'signal', 'an AbortSignal'],
    [{ deadlineMs: 'x' }, 'deadlineMs', 'a number of milliseconds'],
    [{ onProgress: 'tell' }, 'onProgress', 'a function'],
    [{ verify: 'no' }, 'verify', 'true or false'],
    [{ mapping: {} }, 'mapping', 'a mapping with rows and personOf'],
    [{ prices: { genesys: {} } }, 'prices', 'a Map of prices, by provider and license'],
    [{ prices: new Map([['genesys', {}]]) }, 'prices', 'a Map of prices, by provider and license'],
    [{ findings: 'all' }, 'findings', 'an object'],
    [{ findings: { suppressions: 'x' } }, 'findings.suppressions', 'a list of suppressions'],
    [{ findings: { dormantAfterDays: Number.NaN } }, 'findings.dormantAfterDays', 'a number of days from 0'],
    [{ findings: { dormantAfterDays: -1 } }, 'findings.dormantAfterDays', 'a number of days from 0'],
  ])('%j', (options, path, expected) => {
    expect(thrownBy(() => createLicenseReport(options as never))).toMatchObject([{ path, expected }])
  })

  test('and so is something else than a list of providers', () => {
    expect(thrownBy(() => createLicenseReport()(undefined as never))).toMatchObject([{ path: 'providers' }])
  })

  test('and all that is wrong is said', () => {
    expect(thrownBy(() => createLicenseReport({ verify: 1, detail: 2 } as never))).toMatchObject([
      { path: 'verify' },
      { path: 'detail' },
    ])
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
