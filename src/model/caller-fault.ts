import { thrownText } from './thrown-text.ts'

/** Functions that the caller may pass in, and that results depend on. If one of them fails, so does the call. */
export type CallerFunction = 'sha256' | 'clock' | 'pseudonyms' | 'spool'

/**
 * A function of the caller has failed. It ends the work, on its way to the call that the caller has made, which makes a
 * failure of it. So it is never taken for a failure of the provider, or of Seatlens.
 */
export class CallerFault extends Error {
  override readonly name = 'CallerFault'
  readonly function: CallerFunction

  constructor(name: CallerFunction, thrown: unknown) {
    super(`\`${name}\` failed: ${thrownText(thrown)}`)
    this.function = name
  }
}
