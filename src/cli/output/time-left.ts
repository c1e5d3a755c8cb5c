import type { ListProgress } from '../../provider-kit/index.ts'

/** The pace is that of so much time: a rate of a minute, and pages that an earlier run has kept, do not decide it. */
const WINDOW_MS = 120_000
/** Of less, nothing can be told. */
const LEAST_MS = 5_000
const MINUTE_MS = 60_000
const MINUTES_AS_HOURS = 90

/** How long something will take, in words that promise no more than is known. */
const aboutText = (ms: number): string => {
  if (ms < MINUTE_MS) return 'less than a minute left'
  const minutes = Math.round(ms / MINUTE_MS)
  return minutes < MINUTES_AS_HOURS ? `about ${minutes} min left` : `about ${Math.round(minutes / 60)} h left`
}

/** Estimates how long the list that a provider is reading still takes, by the pages that came lately. */
export const openTimeLeft = (now: () => number = () => performance.now()) => {
  let list: string | undefined
  let seen: { readonly at: number; readonly pages: number }[] = []
  /** Absent: it cannot be told, or there is nothing left. */
  return (progress: Pick<ListProgress, 'list' | 'pages' | 'expectedPages'>): string | undefined => {
    const { pages, expectedPages = 0 } = progress
    const at = now()
    if (progress.list !== list) seen = []
    list = progress.list
    seen.push({ at, pages })
    while (seen.length > 2 && at - (seen[0]?.at ?? at) > WINDOW_MS) seen.shift()
    const [first = { at, pages }] = seen
    const read = pages - first.pages
    const tooLittle = read === 0 || at - first.at < LEAST_MS
    return tooLittle || expectedPages <= pages
      ? undefined
      : aboutText(((expectedPages - pages) * (at - first.at)) / read)
  }
}
