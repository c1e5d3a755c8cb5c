import type { Content } from '../model/content.ts'
import { isRecord } from '../model/is-record.ts'
import { readOnce } from './text/content.ts'
import { type Paint, plain, type Surface } from './text/surface.ts'

/** What output is made for. Default: a program that reads it, or a page. */
export interface RenderTarget {
  /** The width of the terminal that shows it: tables keep to it. Default: lines of any length. */
  readonly columns?: number | undefined
  /** How text stands out there, such as the functions of `picocolors`. Default: no colors. */
  readonly paint?: Paint | undefined
  /**
   * The zone of the terminal's user, such as `Europe/Berlin`: tables have times in it, with their offset. Default: UTC,
   * as in all other formats.
   */
  readonly timeZone?: string | undefined
  /**
   * It becomes a file by itself: CSV then begins with a byte order mark, so that Excel reads names as they are. Default:
   * false.
   */
  readonly isFile?: boolean | undefined
  /**
   * Where a reader finds the whole of a list that is cut here, in the words of the program that shows it, such as
   * `--format json`: the text then ends `and 12 more; --format json has all`. Default: `the json format`.
   */
  readonly allIn?: string | undefined
}

/** How a result is rendered: in which of its formats, and what for. */
export interface RenderOptions<Format extends string> extends RenderTarget {
  readonly format: Format
}

export const surfaceFor = ({
  columns,
  timeZone,
  paint = plain,
  isFile = false,
  allIn = 'the json format',
}: RenderTarget): Surface => ({
  paint,
  isFile,
  allIn,
  ...(columns === undefined ? {} : { columns }),
  ...(timeZone === undefined ? {} : { timeZone }),
})

/** Turns a result into text, or into the bytes of a file. */
export type Render<A> = (result: A, surface: Surface) => Content | Promise<Content>

/** What makes each format, loaded on demand: most runs and pages need one of them. */
export type Formats<Format extends string, A> = Readonly<Record<Format, () => Promise<A>>>

/** Rejects with `InvalidInput` for an unknown format, which a caller without types may ask for. */
export const inFormat = async <Format extends string, A>(formats: Formats<Format, A>, format: Format): Promise<A> => {
  if (!Object.hasOwn(formats, format)) {
    throw (await import('./invalid-option.ts')).unknownWord('format', Object.keys(formats), format)
  }
  return formats[format]()
}

/**
 * Rejects with `InvalidInput` for what a caller without types hands in by mistake: no options, or something else than what is
 * rendered, such as a task that was not called. `lists`: what the result has, of which there are any number.
 */
export const demandGiven = async (
  name: string,
  result: unknown,
  options: unknown,
  lists: readonly string[] = [],
): Promise<void> => {
  const isResult = isRecord(result) && lists.every((list) => Array.isArray(result[list]))
  if (isResult && isRecord(options)) return
  const { invalidOption } = await import('./invalid-option.ts')
  throw isResult
    ? invalidOption('options', 'an object with a format')
    : invalidOption(name, `a ${name}; a task must be called, and a promise awaited`)
}

/** What renders a result of one kind. */
export const renderer =
  <Format extends string, A>(formats: Formats<Format, Render<A>>) =>
  async (result: A, options: RenderOptions<Format>): Promise<Content> => {
    await demandGiven('result', result, options)
    const { format, ...target } = options
    return readOnce(await (await inFormat(formats, format))(result, surfaceFor(target)))
  }

/** Where a line for people is shown. */
export interface ProseTarget extends Pick<RenderTarget, 'columns'> {
  /** What each line of the terminal begins with. Default: nothing. */
  readonly before?: string | undefined
}

/** A line for people, in as many lines of a terminal as it takes, cut between words. Ends with a line break. */
export type Prose = (line: string, target?: ProseTarget) => string

/** Loads what makes lines for people. Messages can then be written at once, from where nothing can be waited for too. */
export const loadProse = async (): Promise<Prose> => {
  const { proseLine } = await import('./text/prose-line.ts')
  return (line, { before, ...target } = {}) => proseLine(line, surfaceFor(target), before)
}

/** Every result as the plain data that it is. */
export const json = async () => (await import('./text/json-text.ts')).objectText
