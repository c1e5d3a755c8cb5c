import pico from 'picocolors'
import type { OutputStream, Variables } from '../environment.ts'

type Brush = (text: string) => string

export interface Paint {
  readonly bold: Brush
  readonly dim: Brush
  readonly red: Brush
  readonly yellow: Brush
  readonly green: Brush
}

export const plain: Paint = pico.createColors(false)

/** `FORCE_COLOR=0` and `FORCE_COLOR=false` ask for none (https://force-color.org). */
const isForced = (value: string | undefined): boolean => value !== undefined && !['', '0', 'false'].includes(value)
const isForbidden = (value: string | undefined): boolean => value === '0' || value === 'false'

/**
 * Colours only for a terminal that can show them, or where the user asks for them (`FORCE_COLOR`), and never where the user
 * has said no (https://no-color.org).
 */
export const paintFor = (stream: OutputStream, { NO_COLOR, FORCE_COLOR, TERM }: Variables): Paint => {
  const isShown = isForced(FORCE_COLOR) || (stream.isTTY === true && TERM !== 'dumb')
  return pico.createColors(isShown && !NO_COLOR && !isForbidden(FORCE_COLOR))
}
