import type { ProxySettings } from '../node/index.ts'
import { readVariable } from './configuration/read-variable.ts'
import type { Variables } from './environment.ts'
import { UsageError } from './usage-error.ts'

interface Found {
  readonly name: string
  readonly value: string
}

/** In small letters first, as curl and others read them. Empty counts as unset. */
const find = (variables: Variables, name: string): Found | undefined => {
  for (const candidate of [name.toLowerCase(), name]) {
    const value = readVariable(variables, candidate)?.trim()
    if (value) return { name: candidate, value }
  }
  return undefined
}

/** The value is not shown, as a user name and a password may be in it. */
const proxyIn = ({ name, value }: Found): URL => {
  const text = value.includes('://') ? value : `http://${value}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== '') return url
  throw new UsageError([
    `${name}: expected the address of a proxy, as in http://proxy.example:3128, found something else`,
  ])
}

/**
 * The proxies of the environment; undefined where it names none. Addresses with `https:` go through the one for `http:`
 * where they have none of their own, as with Node and undici. Throws a `UsageError` for what is no address.
 */
export const readProxySettings = (variables: Variables): ProxySettings | undefined => {
  const [http, https] = ['HTTP_PROXY', 'HTTPS_PROXY'].map((name) => {
    const found = find(variables, name)
    return found === undefined ? undefined : proxyIn(found)
  })
  if (http === undefined && https === undefined) return undefined
  return { http, https: https ?? http, except: find(variables, 'NO_PROXY')?.value ?? '' }
}
