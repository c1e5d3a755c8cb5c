import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { readProxySettings } from '../../src/cli/proxy-settings.ts'
import { registry } from '../../src/cli/registry.ts'
import { toReadonlyArray } from '../../src/index.ts'
import { createProxyFetch, type ProxySettings } from '../../src/node/index.ts'
import { hastyClock } from '../../src/testing/index.ts'
import { start } from './support/child.ts'
import { createCertificate, hasOpenssl, startProxy, startVendor } from './support/proxy.ts'
import { newFolder, run } from './support/run.ts'

const DOMAIN = 'seatlens.test'
const licenses = [expect.objectContaining({ id: 'cloudCX2' })]

interface Urls {
  readonly apiUrl: string
  readonly loginUrl: string
}

const genesysAt = (urls: Urls) => ({
  id: 'genesys',
  type: 'genesys',
  clientId: 'client',
  clientSecret: 'the-secret-of-the-test',
  ...urls,
})

/** What `seatlens licenses` does in an environment, of an organization at these addresses. */
const licensesOf = (urls: Urls, variables: Readonly<Record<string, string>>) =>
  run(['licenses', '--format', 'json'], { configuration: { providers: [genesysAt(urls)] }, registry, variables })

/** What a provider says that reads an organization at these addresses, and does not wait before it tries again. */
const failureThrough = async (urls: Urls, settings: ProxySettings): Promise<string> => {
  const { type: _, ...options } = genesysAt(urls)
  const fetch = await createProxyFetch(settings)
  const read = await toReadonlyArray(createGenesysProvider(options, { fetch, clock: hastyClock() }).listLicenses())()
  return E.isLeft(read) ? read.left.message : 'it could be read'
}

const secureAt = (port: number) => ({
  apiUrl: `https://api.${DOMAIN}:${port}`,
  loginUrl: `https://login.${DOMAIN}:${port}`,
})

const plainAt = (port: number) => ({ apiUrl: `http://127.0.0.1:${port}`, loginUrl: `http://127.0.0.1:${port}` })

describe.skipIf(!hasOpenssl)('a proxy to an organization over https', () => {
  const stage = async (refuseWith?: number) => {
    const certificate = createCertificate(DOMAIN)
    const vendor = await startVendor(certificate)
    const proxy = await startProxy({ port: vendor.port, ...(refuseWith === undefined ? {} : { refuseWith }) })
    return { certificate, vendor, proxy, urls: secureAt(vendor.port) }
  }

  it('is gone through, and told the user name and the password of its address alone', async () => {
    const { certificate, vendor, proxy, urls } = await stage()
    const folder = await newFolder()
    await writeFile(join(folder, 'seatlens.json'), JSON.stringify({ providers: [genesysAt(urls)] }))
    const variables = {
      HTTPS_PROXY: `http://ada:pass-of-the-proxy@${proxy.address}`,
      NODE_EXTRA_CA_CERTS: certificate.file,
    }
    const { code, stdout, stderr } = await start(['licenses', '--format', 'json'], folder, variables).finished
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(licenses)
    expect(new Set(proxy.seen)).toEqual(
      new Set([`CONNECT login.${DOMAIN}:${vendor.port}`, `CONNECT api.${DOMAIN}:${vendor.port}`]),
    )
    expect(proxy.authorizations).toEqual(new Set([`Basic ${btoa('ada:pass-of-the-proxy')}`]))
    expect(stdout).not.toContain('pass-of-the-proxy')
  })

  it('is gone past for what NO_PROXY names', async () => {
    const { proxy, urls } = await stage()
    const https = new URL(`http://${proxy.address}`)
    const message = await failureThrough(urls, { https, except: `localhost, .${DOMAIN}` })
    expect(proxy.seen).toEqual([])
    expect(message).toContain(`login.${DOMAIN}`)
    expect(message).not.toContain('through the proxy')
  })

  it('may have a certificate that nobody trusts, which is tried once and says what to do', async () => {
    const { proxy, urls } = await stage()
    const { code, stderr } = await licensesOf(urls, { HTTPS_PROXY: `http://${proxy.address}` })
    expect(code).toBe(5)
    expect(proxy.seen).toHaveLength(1)
    expect(stderr).toMatch(/its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/)
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS')
  })

  it.each([
    [407, 'it wants a user name and a password; give them in HTTPS_PROXY, as in http://USER:PASSWORD@'],
    [403, 'ask those who run it for an exception for this host'],
  ])('that refuses with %i is named, with what to do, and without the password', async (status, advice) => {
    const { proxy, urls } = await stage(status)
    const message = await failureThrough(urls, { https: new URL(`http://ada:wrong-password@${proxy.address}`) })
    const [whom, why = ''] = message.split(/(?<= could not be reached), \d attempts? made: /)
    expect(whom).toContain(`${new URL(urls.loginUrl).host} could not be reached`)
    expect(why).toContain(`the proxy ${proxy.address} refused the connection (${status}): ${advice}`)
    expect(message).not.toContain('wrong-password')
  })
})

describe.skipIf(!hasOpenssl)('an organization over https without a proxy', () => {
  const licensesOver = async (variables: (file: string) => Readonly<Record<string, string>>) => {
    const certificate = createCertificate(DOMAIN)
    const { port } = await startVendor(certificate)
    const folder = await newFolder()
    const address = `https://127.0.0.1:${port}`
    const configuration = { providers: [genesysAt({ apiUrl: address, loginUrl: address })] }
    await writeFile(join(folder, 'seatlens.json'), JSON.stringify(configuration))
    return start(['licenses', '--format', 'json'], folder, variables(certificate.file)).finished
  }

  it('is read where its certificate is trusted', async () => {
    const { code, stdout, stderr } = await licensesOver((file) => ({ NODE_EXTRA_CA_CERTS: file }))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(licenses)
  })

  it('is sent nothing where it is not, and the message says what to do', async () => {
    const { code, stderr } = await licensesOver(() => ({}))
    expect(code).toBe(5)
    expect(stderr).toMatch(/its certificate is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/)
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS')
  })
})

it.each(['127.0.0.1:9', 'proxy.invalid'])(
  'a proxy that cannot be reached or does not exist is named: %s',
  async (host) => {
    const message = await failureThrough(secureAt(443), { https: new URL(`http://${host}`) })
    expect(message).toMatch(
      new RegExp(`could not be reached, \\d attempts? made: [\\w ]+(?: \\(\\w+\\))? through the proxy ${host}`),
    )
  },
)

describe('a proxy to an organization on this machine', () => {
  it('is gone through where it is on this machine, too', async () => {
    const vendor = await startVendor()
    const proxy = await startProxy({ port: vendor.port })
    const { code, stdout } = await licensesOf(plainAt(vendor.port), { HTTP_PROXY: proxy.address })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual(licenses)
    expect(proxy.seen.length).toBeGreaterThan(0)
  })

  it.each([
    ['where it is elsewhere, and would be told what is not encrypted', { HTTP_PROXY: 'http://proxy.invalid:3128' }],
    ['where NO_PROXY says so', { HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1' }],
    ['where NO_PROXY says so of everything', { http_proxy: 'http://127.0.0.1:9', no_proxy: '*' }],
    ['where the variable is empty', { HTTP_PROXY: '', HTTPS_PROXY: ' ' }],
  ])('is gone past %s', async (_, variables) => {
    const vendor = await startVendor()
    const { code, stdout } = await licensesOf(plainAt(vendor.port), variables)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual(licenses)
  })

  it('is not there for the demo, which has nothing to do with the network', async () => {
    const variables = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' }
    const { code } = await run(['demo', '--users', '20'], { variables, registry, configuration: null })
    expect(code).toBe(0)
  })
})

describe('the address of a proxy', () => {
  it.each(['ftp://user:pass-word@proxy.example', 'http://', 'socks5://proxy.example:1080', '::::'])(
    'that is none is a mistake, and not shown: %s',
    async (address) => {
      const { code, stderr } = await licensesOf(plainAt(9), { HTTPS_PROXY: address })
      expect(code).toBe(2)
      expect(stderr).toContain('HTTPS_PROXY: expected the address of a proxy')
      expect(stderr).not.toContain('pass-word')
    },
  )

  it('may leave out the scheme; small letters come first; the one for http is for https too', () => {
    expect(readProxySettings({ HTTP_PROXY: 'proxy.example:3128', http_proxy: 'other.example' })).toMatchObject({
      http: new URL('http://other.example'),
      https: new URL('http://other.example'),
      except: '',
    })
    expect(readProxySettings({ HTTPS_PROXY: 'proxy.example:3128', NO_PROXY: 'a,b' })).toMatchObject({
      http: undefined,
      https: new URL('http://proxy.example:3128'),
      except: 'a,b',
    })
    expect(readProxySettings({ NO_PROXY: 'a' })).toBeUndefined()
  })
})

describe('the client that knows proxies', () => {
  const loadsIt = async (words: readonly string[], proxied: 'through a proxy' | 'straight') => {
    const vendor = await startVendor()
    const proxy = await startProxy({ port: vendor.port })
    const folder = await newFolder()
    const spy = join(folder, 'spy.cjs')
    const look =
      "process.on('exit', () => console.error('undici: ' + Object.keys(require.cache).some((path) => /undici/.test(path))))"
    await writeFile(spy, look)
    await writeFile(join(folder, 'seatlens.json'), JSON.stringify({ providers: [genesysAt(plainAt(vendor.port))] }))
    const variables = proxied === 'straight' ? {} : { HTTP_PROXY: proxy.address }
    const { stderr } = await start(words, folder, { ...variables, NODE_OPTIONS: `--require ${spy}` }).finished
    return /undici: (true|false)/.exec(stderr)?.[1]
  }

  it('is loaded where a proxy is named and used', async () => {
    expect(await loadsIt(['licenses'], 'through a proxy')).toBe('true')
  })

  it('is not loaded where none is', async () => {
    expect(await loadsIt(['licenses'], 'straight')).toBe('false')
  })

  it('is not loaded for help', async () => {
    expect(await loadsIt(['--help'], 'through a proxy')).toBe('false')
  })
})
