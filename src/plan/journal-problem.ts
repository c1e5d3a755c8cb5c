import { maskSensitive } from '../provider-kit/transport/mask.ts'

/**
 * What a journal's store has thrown, in words: a store may repeat its own credentials, and the addresses of people, so that
 * its text is masked as a vendor's is.
 */
export const journalProblemOf = (thrown: unknown): string =>
  maskSensitive(thrown instanceof Error ? thrown.message : String(thrown))
