import { openPatience } from '../paging/patience.ts'
import type { Reading } from './provider-state.ts'

/**
 * How long a journal may still take after the caller's signal or deadline has ended the run, in milliseconds: what was sent
 * should be in the journal.
 */
const GRACE_MS = 2_000

/** Waits for the journal as long as the run may take, and two seconds longer. Then it rejects. */
export type Patience = <A>(answer: Promise<A>) => Promise<A>

/** The patience of one run. The two seconds at its end are given once, however many answers are waited for. */
export const patienceOf = ({ scope, clock }: Pick<Reading, 'scope' | 'clock'>): Patience =>
  openPatience(scope, clock, GRACE_MS).wait
