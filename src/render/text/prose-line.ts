import type { Surface } from './surface.ts'
import { wrapText } from './text-width.ts'
import { visibleText } from './visible-text.ts'

/** A line for people, in as many lines of a terminal as it takes; `before` is what each of them begins with. */
export const proseLine = (text: string, { columns }: Pick<Surface, 'columns'>, before = ''): string =>
  `${wrapText(`${before}${visibleText(text)}`, columns, `${before}  `)}\n`
