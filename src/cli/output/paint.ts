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

/** Colours only for a terminal that can show them, and only if nobody said no (https://no-color.org). */
export const paintFor = (stream: OutputStream, { NO_COLOR, TERM }: Variables): Paint =>
  pico.createColors(stream.isTTY && !NO_COLOR && TERM !== 'dumb')
