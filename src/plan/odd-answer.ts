import type { LicenseError } from '../model/license-error.ts'

/** What a provider or a vendor does in place of saying what became of a change. */
export const oddAnswer = (provider: string, message: string): LicenseError => ({
  _tag: 'InvalidResponse',
  provider,
  operation: 'changeAssignments',
  message,
  issues: ['the outcome: expected what became of the change'],
})
