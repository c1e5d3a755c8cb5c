import pico from 'picocolors'
import type { Paint, RenderTarget } from '../../render/index.ts'
import type { Environment, OutputStream, Variables } from '../environment.ts'

const DEFAULT_COLUMNS = 80

/** `FORCE_COLOR=0` and `FORCE_COLOR=false` ask for none (https://force-color.org). */
const isForced = (value: string | undefined): boolean => value !== undefined && !['', '0', 'false'].includes(value)
const isForbidden = (value: string | undefined): boolean => value === '0' || value === 'false'

/**
 * Colors only for a terminal that can show them, or where the user asks for them (`FORCE_COLOR`), and never where the user
 * has said no (https://no-color.org).
 */
export const paintFor = (stream: OutputStream, { NO_COLOR, FORCE_COLOR, TERM }: Variables): Paint => {
  const isShown = isForced(FORCE_COLOR) || (stream.isTTY === true && TERM !== 'dumb')
  return pico.createColors(isShown && !NO_COLOR && !isForbidden(FORCE_COLOR))
}

/** The width of a terminal; none of a pipe, where lines may be of any length. */
export const columnsOf = ({
  isTTY,
  columns,
}: Pick<OutputStream, 'isTTY' | 'columns'>): Pick<RenderTarget, 'columns'> =>
  isTTY ? { columns: columns || DEFAULT_COLUMNS } : {}

/**
 * A terminal, or a pipe. Only tables have times in the user's zone. `format`: for one that is known to be another, the zone is not
 * looked for, which takes 20 ms. Default: a table.
 */
export const surfaceOf = ({ stdout, variables, timeZone }: Environment, format = 'table'): RenderTarget => ({
  paint: paintFor(stdout, variables),
  ...(format === 'table' ? { timeZone: timeZone?.() } : {}),
  ...columnsOf(stdout),
})
