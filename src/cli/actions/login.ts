import { createHash, randomBytes } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { describeError, type LicenseError } from '../../index.ts'
import { openRedirect } from '../../node/index.ts'
import type { SignIn, SignInRequest } from '../../provider-kit/index.ts'
import type { LoginOptions } from '../commands/login.ts'
import { signInOf } from '../configuration/create-providers.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import { problemOfProvider, providersNamed } from '../configuration/provider-named.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { complain, notify } from '../output/notify.ts'
import { UsageError } from '../usage-error.ts'
import { networkOf } from './with-providers.ts'

/** How long the person may take, in milliseconds. */
const PATIENCE_MS = 300_000

const DEFAULT_REDIRECT_URI = 'http://localhost:8976/callback'

const randomText = (): string => randomBytes(32).toString('base64url')

const requestOf = (redirectUri: string, scopes: readonly string[]): SignInRequest => {
  const codeVerifier = randomText()
  const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')
  return { redirectUri, state: randomText(), codeVerifier, codeChallenge, scopes: [...new Set(scopes)] }
}

/** A browser that cannot be opened is no failure: the address is on the terminal. */
const openBrowser = async (address: string): Promise<void> => {
  const { default: open } = await import('open')
  const opened = await open(address).catch(() => undefined)
  opened?.on('error', () => {})
}

/** The provider that the user has named, and how to sign in there. */
const signInAt = async (
  invocation: Invocation,
  text: string,
): Promise<{ readonly id: string; readonly signIn: SignIn }> => {
  const configuration = await loadConfiguration(invocation)
  const { providers } = configuration
  const known = providers.map(({ id, displayName = id }) => ({ id, displayName }))
  const [only] = providersNamed(known, text)
  const problem = problemOfProvider(known, text)
  if (problem !== undefined || only === undefined) throw new UsageError([`<provider>: ${problem ?? text}`])
  const signIn = signInOf(configuration, only.id, await networkOf(invocation), invocation.environment.files)
  if (signIn !== undefined) return { id: only.id, signIn }
  throw new UsageError([`${only.id}: a person cannot sign in to it, as it is configured; see: seatlens login --help`])
}

const outcomeOf = (error: LicenseError | undefined): ProviderOutcome =>
  error === undefined ? { status: 'complete' } : { status: 'failed', error }

export const login = async (
  invocation: Invocation,
  provider: string,
  { redirectUri = DEFAULT_REDIRECT_URI, scope, changes = false, browser }: LoginOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, signal, bounds } = invocation
  const { id, signIn } = await signInAt(invocation, provider)
  const needed = changes ? [...signIn.scopes, ...signIn.scopesOfChanges] : signIn.scopes
  const request = requestOf(redirectUri, scope ?? needed)
  const redirect = await openRedirect(request)
  if (E.isLeft(redirect)) throw new UsageError([`--redirect-uri: ${redirect.left.message}`])
  try {
    const address = signIn.addressOf(request).href
    notify(environment, `${id}: sign in as an administrator in the browser. If it does not open, go to:`)
    // In one line, as it is to be copied.
    environment.stderr.write(`${address}\n`)
    if (browser) await openBrowser(address)
    const { deadlineMs = PATIENCE_MS } = bounds()
    const patience = AbortSignal.timeout(Math.ceil(Math.min(PATIENCE_MS, Math.max(0, deadlineMs))))
    const code = await redirect.right.code(AbortSignal.any([signal, patience]))
    if (E.isLeft(code)) {
      const { message } = code.left
      const error: LicenseError = { _tag: 'AuthenticationFailed', provider: id, operation: 'sign in', message }
      complain(environment, `${id}: ${message}`, { provider: id, error })
      return [outcomeOf(error)]
    }
    const redeemed = await signIn.redeem(code.right, request, bounds())()
    const error = E.isLeft(redeemed) ? redeemed.left : undefined
    if (error === undefined) notify(environment, `${id}: signed in; the tokens are kept`)
    else complain(environment, `${id}: ${describeError(error)}`, { provider: id, error })
    return [outcomeOf(error)]
  } finally {
    await redirect.right.close()
  }
}
