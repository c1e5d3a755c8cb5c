/** Whether an address is on this machine. */
export const isLoopback = (url: URL): boolean =>
  url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname)

/** Why credentials must not be sent to a configured address; undefined where they may. */
export const addressProblem = (url: URL): string | undefined => {
  if (url.username !== '' || url.password !== '') return 'an address without user name and password in it'
  if (url.protocol === 'https:') return undefined
  return url.protocol === 'http:' && isLoopback(url) ? undefined : 'an https address (plain http only to loopback)'
}

/** Whether a URL, which may come from an answer, leads to one of the configured origins. */
export const isTrusted = (url: URL, origins: readonly string[]): boolean =>
  addressProblem(url) === undefined && origins.includes(url.origin)
