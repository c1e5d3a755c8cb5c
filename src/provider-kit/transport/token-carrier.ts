/** The headers of a request that carry a token. */
export type TokenCarrier = (token: string) => Readonly<Record<string, string>>

/**
 * Tokens in a header: `inHeader('x-api-key')`, or with a scheme before them, `inHeader('authorization', 'Basic ')`. The header
 * goes only to the origin of the API, as every header does that carries a token.
 */
export const inHeader =
  (name: string, before = ''): TokenCarrier =>
  (token) => ({ [name]: `${before}${token}` })

/** `Authorization: Bearer`. */
export const asBearer: TokenCarrier = inHeader('authorization', 'Bearer ')

/** What follows `Basic` (RFC 7617), in UTF-8: a user and a password, or a client and its secret. As secret as the password. */
export const basicToken = (user: string, password: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)))
