import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { createLicenseReport, known, notApplicable } from '../../src/index.ts'
import * as genesys from '../providers/genesys/genesys-at-http.ts'
import { stillRuntime } from '../providers/still-runtime.ts'
import * as webex from '../providers/webex/webex-at-http.ts'
import { withoutNetwork } from '../providers/without-network.ts'

withoutNetwork()

const report = () => {
  const runtime = stillRuntime()
  return createLicenseReport(runtime)([
    createGenesysProvider(genesys.withSecret, runtime),
    createWebexProvider(webex.withToken, runtime),
  ])()
}

const serveGenesys = () => {
  nock(genesys.login).persist().post('/oauth/token').reply(200, genesys.tokenAnswer('t1'))
  nock(genesys.api)
    .get(genesys.definitions)
    .reply(200, [{ id: 'cloudCX2', description: 'CX 2' }, { id: 'unused' }])
  genesys.serveListing(genesys.licenseUsers, [...genesys.licensedRows(3), { id: 'left', licenses: ['cloudCX4'] }])
  genesys.serveListing(genesys.directory, genesys.directoryRecords(3))
}

const serveWebex = () => {
  webex.serveLicenses([
    webex.licenseRecord('calling', { totalUnits: '2', consumedUnits: '3' }),
    webex.licenseRecord('free', { subscriptionId: undefined, totalUnits: 44, consumedUnits: 44 }),
  ])
  webex.serveHolders('calling', [
    webex.holder('User-1'),
    { ...webex.holder('guest', 'EXTERNAL') },
    webex.holder('other'),
  ])
  webex.serveHolders('free', [webex.holder('User-1')])
}

describe('a report on Genesys and Webex together', () => {
  test('is complete, with every license and the people who are in both', async () => {
    serveGenesys()
    serveWebex()
    const { complete, licenses, people, providers } = await report()
    expect(complete).toBe(true)
    expect(providers.map(({ licensedUsers }) => licensedUsers)).toEqual([known(4), known(3)])
    expect(licenses.map(({ id, assigned, available }) => [id, assigned, available])).toMatchObject([
      ['cloudCX2', known(3), { kind: 'unknown' }],
      ['unused', known(0), { kind: 'unknown' }],
      ['cloudCX4', known(1), { kind: 'unknown' }],
      ['calling', known(3), known(-1)],
      ['free', known(1), notApplicable],
    ])
    expect(people).toEqual({
      total: known(6),
      inSeveralProviders: known(1),
      withoutEmail: known(1),
      external: known(1),
    })
  })

  test('has all of Webex, and why Genesys failed, when its client is not known', async () => {
    nock(genesys.login)
      .persist()
      .post('/oauth/token')
      .reply(
        400,
        { error: 'invalid_client', description: 'client not found' },
        { 'ININ-Correlation-Id': 'c0rrelation' },
      )
    serveWebex()
    const { complete, licenses, people, providers } = await report()
    expect(complete).toBe(false)
    expect(providers).toMatchObject([
      {
        id: 'genesys',
        status: 'failed',
        licensedUsers: { kind: 'unknown' },
        error: { _tag: 'AuthenticationFailed', vendorMessage: 'client not found', correlationId: 'c0rrelation' },
      },
      { id: 'webex', status: 'complete', licensedUsers: known(3) },
    ])
    expect(licenses.map(({ id }) => id)).toEqual(['calling', 'free'])
    expect(people.total).toMatchObject({ kind: 'unknown', atLeast: 3 })
  })

  test('has all of Genesys, and why Webex failed, when it may not be read', async () => {
    serveGenesys()
    nock(webex.api).persist().get('/licenses').reply(403, webex.errorBody('no'))
    const { providers, licenses } = await report()
    expect(providers).toMatchObject([
      { id: 'genesys', status: 'complete' },
      { id: 'webex', status: 'failed', error: { _tag: 'PermissionDenied', missing: ['spark-admin:licenses_read'] } },
    ])
    expect(licenses.map(({ provider }) => provider)).toEqual(['genesys', 'genesys', 'genesys'])
  })
})
