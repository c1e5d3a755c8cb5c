import { maskSensitive } from '../model/mask.ts'

/**
 * What a journal's store has thrown, as text. It is masked as a vendor's text is: it may have credentials of the store, and
 * addresses of people.
 */
export const journalProblemOf = (thrown: unknown): string =>
  maskSensitive(thrown instanceof Error ? thrown.message : String(thrown))
