import { type RenderTarget, surfaceFor } from './rendering.ts'

/** A line for people, in as many lines of a terminal as it takes, cut between words. Ends with a line break. */
export const renderProse = async (line: string, target: Pick<RenderTarget, 'columns'> = {}): Promise<string> =>
  (await import('./text/prose-line.ts')).proseLine(line, surfaceFor(target))
