import { moreOf } from '../../model/some-of.ts'
import type { Surface } from './surface.ts'
import { wrapText } from './text-width.ts'
import { visibleText } from './visible-text.ts'

/** A line for people, in as many lines of a terminal as it takes; `before` is what each of them begins with. */
export const proseLine = (text: string, { columns }: Pick<Surface, 'columns'>, before = ''): string =>
  `${wrapText(`${before}${visibleText(text)}`, columns, `${before}  `)}\n`

/** That a list was cut, for a terminal, and what has all of it; empty where it was not. */
export const othersLine = (others: number, { allIn }: Pick<Surface, 'allIn'>): string =>
  others > 0 ? `and ${moreOf(others)}; ${allIn} has all\n` : ''
