import nock from 'nock'
import { describe, expect, test } from 'vitest'
import { createGenesysClient } from '../../../providers/genesys/index.ts'
import { REGION, regionOfHost, urlsOfRegion } from '../../../providers/genesys/regions.ts'
import { toPromise } from '../../../src/provider-kit/index.ts'
import { stillRuntime } from '../still-runtime.ts'
import { withoutNetwork } from '../without-network.ts'
import { clientId, clientSecret, definitions, tokenAnswer } from './genesys-at-http.ts'

withoutNetwork()

describe('a region of Genesys', () => {
  test.each([
    ['us-east-1', 'mypurecloud.com'],
    ['us-east-2', 'use2.us-gov-pure.cloud'],
    ['us-west-2', 'usw2.pure.cloud'],
    ['ca-central-1', 'cac1.pure.cloud'],
    ['sa-east-1', 'sae1.pure.cloud'],
    ['mx-central-1', 'mxc1.pure.cloud'],
    ['eu-west-1', 'mypurecloud.ie'],
    ['eu-west-2', 'euw2.pure.cloud'],
    ['eu-central-1', 'mypurecloud.de'],
    ['eu-central-2', 'euc2.pure.cloud'],
    ['eusc-de-east-1', 'edee1.eusc-pure.cloud'],
    ['me-central-1', 'mec1.pure.cloud'],
    ['ap-south-1', 'aps1.pure.cloud'],
    ['ap-southeast-1', 'apse1.pure.cloud'],
    ['ap-southeast-2', 'mypurecloud.com.au'],
    ['ap-northeast-1', 'mypurecloud.jp'],
    ['ap-northeast-2', 'apne2.pure.cloud'],
    ['ap-northeast-3', 'apne3.pure.cloud'],
  ])('%s is at %s, and may be given by either', (name, domain) => {
    const urls = { apiUrl: `https://api.${domain}`, loginUrl: `https://login.${domain}` }
    expect(urlsOfRegion(name)).toEqual(urls)
    expect(urlsOfRegion(domain)).toEqual(urls)
    expect(name).toMatch(REGION)
    expect(domain).toMatch(REGION)
  })

  test.each(['newr1.pure.cloud', 'inindca.com'])('may be an unknown domain, such as %s', (domain) => {
    expect(domain).toMatch(REGION)
    expect(urlsOfRegion(domain).apiUrl).toBe(`https://api.${domain}`)
  })

  test.each([
    'eu-west-9',
    'api.mypurecloud.ie',
    'apps.usw2.pure.cloud',
    'login.mypurecloud.com.au',
    'https://api.mypurecloud.ie',
    'mypurecloud.ie/path',
    'mypurecloud.ie#',
    'user@mypurecloud.ie',
    'mypurecloud.ie:8080',
    'my purecloud.ie',
    '',
  ])('may not be "%s"', (region) => {
    expect(region).not.toMatch(REGION)
  })
})

describe('the region of a host', () => {
  test.each([
    ['api.mypurecloud.com.au', 'mypurecloud.com.au'],
    ['apps.mypurecloud.ie', 'mypurecloud.ie'],
    ['login.usw2.pure.cloud', 'usw2.pure.cloud'],
    ['APPS.MyPureCloud.ie', 'mypurecloud.ie'],
    ['https://apps.mypurecloud.ie/directory/#/admin', 'mypurecloud.ie'],
  ])('%s is %s', (host, region) => {
    expect(regionOfHost(host)).toBe(region)
  })

  test.each(['mypurecloud.ie', 'api.', 'apis.mypurecloud.ie', 'api.x', '', 'x'.repeat(1_000_000)])(
    'is not known of anything else',
    (host) => {
      expect(regionOfHost(host)).toBeUndefined()
    },
  )
})

describe('the addresses of a Genesys organization', () => {
  const credentials = { clientId, clientSecret }
  const served = async (client: ReturnType<typeof createGenesysClient>, apiUrl: string, loginUrl: string) => {
    nock(loginUrl).post('/oauth/token').reply(200, tokenAnswer('t1'))
    nock(apiUrl).get(definitions).reply(200, [])
    await toPromise(client.getLicenseDefinitions())
    return nock.isDone()
  }

  test('come from the AWS name of its region', async () => {
    const client = createGenesysClient({ ...credentials, region: 'ap-southeast-2' }, stillRuntime())
    expect(await served(client, 'https://api.mypurecloud.com.au', 'https://login.mypurecloud.com.au')).toBe(true)
  })

  test('come from its custom domain', async () => {
    const client = createGenesysClient({ ...credentials, region: 'genesys.example' }, stillRuntime())
    expect(await served(client, 'https://api.genesys.example', 'https://login.genesys.example')).toBe(true)
  })

  test('may be given both, without a region', async () => {
    const urls = { apiUrl: 'http://127.0.0.1:4010', loginUrl: 'http://127.0.0.1:4011' }
    const client = createGenesysClient({ ...credentials, ...urls }, stillRuntime())
    expect(await served(client, urls.apiUrl, urls.loginUrl)).toBe(true)
  })

  test('may have one given and the other from the region', async () => {
    const config = { ...credentials, region: 'mypurecloud.de', apiUrl: 'https://proxy.example/genesys' }
    const client = createGenesysClient(config, stillRuntime())
    expect(await served(client, 'https://proxy.example/genesys', 'https://login.mypurecloud.de')).toBe(true)
  })
})
