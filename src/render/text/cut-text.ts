import { moreOf } from '../../model/some-of.ts'
import type { Surface } from './surface.ts'

/** That a list was cut, for a terminal, and what has all of it; empty where it was not. */
export const cutText = (others: number, { allIn }: Surface): string =>
  others > 0 ? `and ${moreOf(others)}; ${allIn} has all\n` : ''
