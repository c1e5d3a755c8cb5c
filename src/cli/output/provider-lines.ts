import type { ProviderStatus } from '../../index.ts'
import { numberText, type Paint, visibleText } from '../../render/index.ts'

/** How the reading of one provider went. */
export interface ProviderEnd {
  readonly provider: string
  readonly status: ProviderStatus
  /** What came, in words: `674 users`. */
  readonly came: string
  /** Why it failed. */
  readonly problem?: string | undefined
}

/** What is shown of many providers: a line for each one that was read, and how far all of them are. */
export interface ProviderLines {
  /** Notes that a provider is being read. */
  readonly onStart: (provider: string) => void
  /** Notes that it was read. Gives its line, which ends with a line break. */
  readonly onEnd: (end: ProviderEnd) => string
  /** Whether it was read, so that there is nothing more to show of it. */
  readonly isRead: (provider: string) => boolean
  /** How many were read, failed and are being read, of how many. */
  readonly counts: () => string
}

interface Terminal {
  readonly paint: Paint
  readonly columns: () => number
}

/** So many characters of an id are shown: others have their room too. */
const LONGEST_ID = 32
const STATUS_WIDTH = 'complete'.length
const SECONDS_WIDTH = 8

const secondsText = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`

/** What is shown of these providers, from now on. */
export const openProviderLines = (ids: readonly string[], { paint, columns }: Terminal): ProviderLines => {
  const startedAt = new Map<string, number>()
  const read = new Set<string>()
  let failed = 0
  const idWidth = Math.min(LONGEST_ID, Math.max(...ids.map((id) => visibleText(id).length)))
  const colors = { complete: paint.green, partial: paint.yellow, failed: paint.red }

  return {
    onStart: (provider) => {
      startedAt.set(provider, performance.now())
    },
    onEnd: ({ provider, status, came, problem }) => {
      const now = performance.now()
      read.add(provider)
      if (status === 'failed') failed++
      const id = visibleText(provider).slice(0, LONGEST_ID).padEnd(idWidth)
      const seconds = secondsText(now - (startedAt.get(provider) ?? now)).padStart(SECONDS_WIDTH)
      const rest = `${seconds}  ${visibleText(status === 'failed' ? (problem ?? '') : came)}`
      // Without the last column, after which some terminals begin a new line.
      const room = columns() - idWidth - STATUS_WIDTH - 5
      return `${id}  ${colors[status](status.padEnd(STATUS_WIDTH))}  ${rest.slice(0, Math.max(0, room))}\n`
    },
    isRead: (provider) => read.has(provider),
    counts: () => {
      const running = [...startedAt.keys()].filter((provider) => !read.has(provider)).length
      return [
        `${numberText(read.size)} of ${numberText(ids.length)} done`,
        ...(failed > 0 ? [`${numberText(failed)} failed`] : []),
        ...(running > 0 ? [`${numberText(running)} running`] : []),
      ].join(', ')
    },
  }
}
