import { demandNone } from '../model/invalid-input.ts'
import { type OptionCheck, type OptionChecks, problemsInOptions } from '../model/option-checks.ts'
import { causesOf } from '../provider-kit/transport/causes.ts'
import { isLoopback } from '../provider-kit/transport/trusted-url.ts'

/** The proxies through which requests go, and what goes past them. */
export interface ProxySettings {
  /** For addresses with `http:`. Absent: they go straight. */
  readonly http?: URL | undefined
  /** For addresses with `https:`. Absent: they go straight. */
  readonly https?: URL | undefined
  /** Hosts and domains that are reached without a proxy, as `NO_PROXY` has them, or `*` for all. Default: none. */
  readonly except?: string | undefined
}

const proxy: OptionCheck = {
  expected: 'a URL with http: or https:',
  is: (value) => value instanceof URL && /^https?:$/.test(value.protocol),
}

/** With an address that is none, requests would go past the proxy. */
const settingChecks: OptionChecks<ProxySettings> = {
  http: proxy,
  https: proxy,
  except: { expected: 'hosts and domains, as NO_PROXY has them', is: (value) => typeof value === 'string' },
}

/** Answers of which a `Response` must have no body. */
const BODILESS: readonly number[] = [204, 205, 304]

const TUNNEL_REFUSED = /^Proxy response \((\d{3})\)/

/** Whether an error is about the connection to the proxy and not about one that goes through or past it. */
const isAbout = (error: Error, { hostname, port, protocol }: URL): boolean => {
  if ('hostname' in error) return error.hostname === hostname
  return 'port' in error && error.port === Number(port || (protocol === 'https:' ? 443 : 80))
}

/** What is wrong with the proxy, where that is it. undici says of a refused tunnel in its message only. */
const proxyFailure = (thrown: unknown, proxy: URL): Error | undefined => {
  const through = `the proxy ${proxy.host}`
  const chain = causesOf(thrown)
  const [status] = chain.flatMap(({ message }) => TUNNEL_REFUSED.exec(message)?.[1] ?? [])
  if (status !== undefined) return Object.assign(new TypeError('fetch failed'), { code: `status ${status}`, through })
  return chain.some((error) => isAbout(error, proxy))
    ? Object.assign(new TypeError('fetch failed', { cause: thrown }), { through })
    : undefined
}

/**
 * A `fetch` that goes through proxies, for the `fetch` of a provider's options. Requests to this machine go straight, unless
 * the proxy is on this machine too. A proxy that cannot be reached or refuses a request is named in the error. Rejects with a
 * `LicenseException` with `InvalidInput` if a setting is wrong.
 */
export const createProxyFetch = async (settings: ProxySettings): Promise<typeof globalThis.fetch> => {
  demandNone(problemsInOptions(settingChecks, settings))
  const { http, https, except = '' } = settings
  // undici's own with its own agent, as Node's takes no other. Loaded only here, and so only where there is a proxy.
  const { EnvHttpProxyAgent, fetch } = await import('undici')
  const agent = new EnvHttpProxyAgent({
    // Empty for none: what is left out is read from the environment of the process.
    httpProxy: http?.href ?? '',
    httpsProxy: https?.href ?? '',
    noProxy: except,
  })

  /**
   * This machine is another one to a proxy elsewhere, and what is sent to it without encryption must not leave it. A proxy
   * on this machine may see it.
   */
  const proxyFor = (url: URL): URL | undefined => {
    const proxy = url.protocol === 'https:' ? https : http
    return proxy === undefined || (isLoopback(url) && !isLoopback(proxy)) ? undefined : proxy
  }

  return async (input, init) => {
    const request = new Request(input, init)
    const proxy = proxyFor(new URL(request.url))
    if (proxy === undefined) return globalThis.fetch(input, init)
    const { method, redirect } = request
    const text = await request.text()
    try {
      const response = await fetch(request.url, {
        method,
        redirect,
        headers: Object.fromEntries(request.headers),
        signal: init?.signal ?? request.signal,
        dispatcher: agent,
        ...(text === '' ? {} : { body: text }),
      })
      const { status, body } = response
      const headers = Object.fromEntries(response.headers)
      return new Response(BODILESS.includes(status) ? null : body, { status, headers })
    } catch (thrown) {
      throw proxyFailure(thrown, proxy) ?? thrown
    }
  }
}
