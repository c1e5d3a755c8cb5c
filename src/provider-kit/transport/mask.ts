/** Bounded, and without `@` on either side, so that no text takes long to look through. */
const E_MAIL = /[^\s"'<>(),;:=@]{1,64}@[^\s"'<>(),;:=@]+/g
const BEARER = /\b(Bearer|Basic)\s+[\w.~+/=-]+/gi
/** JSON web tokens and Webex access tokens: `<64 characters>_<cluster>_<organisation>`. */
const TOKEN = /\b(eyJ[\w-]+\.[\w-]+\.[\w-]*|\w{40,}_\w{4}_[\w-]{36})/g
/** Not the names of permissions, of which Genesys has `authorization:license:view`. */
const NAMED_SECRET = /(?<!:)((?:token|secret|password|authorization(?!:\w+:\w))["']?\s*[:=]\s*["']?)[^\s"'&,}]+/gi

const MAX_LENGTH = 500

/** What is shorter is no secret, and replacing it would make the text unreadable. */
const MIN_SECRET_LENGTH = 6

/**
 * Foreign text made fit for messages: e-mail addresses, the given secrets and anything else that looks like a credential
 * masked, bounded.
 */
export const maskSensitive = (text: string, secrets: readonly string[] = []): string =>
  secrets
    .filter((secret) => secret.length >= MIN_SECRET_LENGTH)
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text)
    .slice(0, MAX_LENGTH * 4)
    .replace(BEARER, '$1 ***')
    .replace(TOKEN, '***')
    .replace(NAMED_SECRET, '$1***')
    .replace(E_MAIL, '***@***')
    .slice(0, MAX_LENGTH)
