import { Command } from 'commander'
import type { RunAction } from '../invocation.ts'
import { repeatable } from './options.ts'

export interface LoginOptions {
  readonly redirectUri?: string
  readonly scope?: readonly string[]
  readonly changes?: boolean
  readonly browser: boolean
}

export const loginCommand = (run: RunAction): Command =>
  new Command('login')
    .description('Signs you in at a vendor in the browser, and keeps the tokens.')
    .argument('<provider>', 'the id of the provider in the configuration')
    .option(
      '--redirect-uri <address>',
      'where the vendor sends the browser back: an address on this machine that the client has at the vendor (default: http://localhost:8976/callback)',
    )
    .option('--changes', 'also for apply and undo')
    .option('--scope <scope>', 'this scope in place of those that are needed (repeatable)', repeatable)
    .option('--no-browser', 'only print the address, and open no browser')
    .addHelpText(
      'after',
      `
Examples:
  seatlens login webex
  seatlens login webex --changes
  seatlens login genesys --no-browser

Webex: the provider needs clientId and clientSecret of an integration, and
neither accessToken nor refreshToken. The integration must have the scopes.
Genesys Cloud: it needs "signIn": true and the clientId of an OAuth client with
the grant Code Authorization, which has the scopes. There is no refresh token:
sign in again when the token has expired.

The client must have the address of --redirect-uri among its redirect URIs. The
tokens are kept in .seatlens/<id>.token beside the configuration, or in
tokenFile. Only you can read that file. The configuration stays as it is.

The browser must run on this machine. From elsewhere, forward the port:
  ssh -L 8976:localhost:8976 server`,
    )
    .action((provider: string, options: LoginOptions) =>
      run(async (invocation) => (await import('../actions/login.ts')).login(invocation, provider, options)),
    )
