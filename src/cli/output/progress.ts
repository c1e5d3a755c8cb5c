import type { Spinner } from 'yocto-spinner'
import type { ApplyProgress, ApplyWait, Count, ProviderProgress, ReportProgress } from '../../index.ts'
import type { ProgressEvent, TransportEvent } from '../../provider-kit/index.ts'
import { countText, numberText, quantity, visibleText } from '../../render/index.ts'
import type { Environment } from '../environment.ts'
import { openProviderLines, type ProviderEnd, type ProviderLines } from './provider-lines.ts'
import { paintFor } from './surface.ts'
import { openTimeLeft } from './time-left.ts'

/** Shows on a terminal what is going on, while it lasts. */
export interface Progress {
  /** Which providers are read from now on. Each of many has a line once it was read. */
  readonly begin: (providers: readonly { readonly id: string }[]) => void
  /** That a provider of {@link begin} is being read. */
  readonly onStart: (provider: string) => void
  /** How the reading of a provider went. */
  readonly onEnd: (end: ProviderEnd) => void
  /** The same, as reports and snapshots tell it. */
  readonly onProvider: (progress: ProviderProgress) => void
  /** How far a list has come. */
  readonly onProgress: (progress: ReportProgress) => void
  /** What a provider does: its waits and pages are shown, and how many requests it has made. */
  readonly onEvent: (event: TransportEvent) => void
  /** How far the changes of a plan have come. */
  readonly onChange: (progress: ApplyProgress) => void
  /** How many changes were sent and are not seen yet, and how long they are looked for. */
  readonly onWait: (wait: ApplyWait) => void
  /** Takes the display away while something else, such as a question, has the terminal. */
  readonly aside: <A>(task: () => Promise<A>) => Promise<A>
  /** Takes the display away. */
  readonly stop: () => void
}

const silent: Progress = {
  begin: () => {},
  onStart: () => {},
  onEnd: () => {},
  onProvider: () => {},
  onProgress: () => {},
  onEvent: () => {},
  onChange: () => {},
  onWait: () => {},
  aside: (task) => task(),
  stop: () => {},
}

/** Work that is shorter shows nothing. */
const PATIENCE_MS = 300
const SPINNER_WIDTH = 3
/** What a line has room for. More providers have a line each. */
const FEW_PROVIDERS = 3
const DEFAULT_COLUMNS = 80

const reasons = { rateLimit: 'rate limit', pace: 'pacing', retry: 'before another attempt' } as const

/** What a provider waits for, shown until its next answer. */
interface Wait {
  readonly text: string
  /**
   * Until when answers do not end it, in milliseconds of `performance.now()`: during a pause of all requests, the answers
   * to those come that were under way.
   */
  readonly heldUntil: number
}

const describeList = (provider: string, list: string, items: number, total: number | undefined): string =>
  `${provider} ${list}: ${numberText(items)}${total === undefined ? '' : ` of ${numberText(total)}`}`

const LISTS = {
  listLicenses: 'licenses',
  listUsers: 'users',
  listHolders: 'holders',
  listWorkspaces: 'workspaces',
} as const satisfies Readonly<Record<ProgressEvent['operation'], string>>

/** Worth a word where there is more than one page, and their number is known. */
const describePages = ({ pages, expectedPages = 0 }: ProgressEvent): string =>
  expectedPages > 1 ? `, page ${numberText(pages)} of ${numberText(expectedPages)}` : ''

/** A time of day, to the second, in the zone of the person who reads it. */
const timeText = (time: number): string => new Date(time).toTimeString().slice(0, 8)

const usersText = (count: Count): string =>
  count.kind === 'known' ? quantity(count.value, 'user') : `${countText(count)} users`

const endOf = ({ provider, status, licensedUsers, error }: ProviderProgress & { state: 'read' }): ProviderEnd => ({
  provider,
  status,
  came: usersText(licensedUsers),
  problem: error?.message,
})

/** Only on a terminal that a user watches, and where neither lines of requests come out there nor quiet was asked for. */
const isWatched = ({ stderr, variables, manners }: Environment): boolean =>
  !manners.isQuiet && !manners.isVerbose && stderr.isTTY === true && variables.TERM !== 'dumb' && !variables.CI

/** Starts a display on stderr, where that is a terminal; everywhere else it shows nothing. */
export const startProgress = (environment: Environment): Progress => {
  if (!isWatched(environment)) return silent
  const { stderr, variables } = environment
  const columns = () => stderr.columns || DEFAULT_COLUMNS
  const lists = new Map<string, string>()
  const pages = new Map<string, string>()
  const requests = new Map<string, number>()
  const timesLeft = new Map<string, ReturnType<typeof openTimeLeft>>()
  const left = new Map<string, string | undefined>()
  const waits = new Map<string, Wait>()
  let lines: ProviderLines | undefined
  /** Lines that are to be shown as soon as anything is. */
  const unshown: string[] = []
  let spinner: Spinner | undefined
  /** Absent while nothing is to be shown. */
  let showing: NodeJS.Timeout | undefined

  // Some lists come only when all of their requests are through, so that the requests are all that moves.
  const partOf = (provider: string): string => {
    const wait = waits.get(provider)?.text
    const timeLeft = left.get(provider)
    const orNothing = timeLeft === undefined ? '' : `, ${timeLeft}`
    if (wait !== undefined) return `${wait}${orNothing}`
    const moved = `${numberText(requests.get(provider) ?? 0)} requests${pages.get(provider) ?? ''}`
    return `${lists.get(provider) ?? provider} (${moved}${orNothing})`
  }
  const text = (): string => {
    const providers = new Set([...lists.keys(), ...requests.keys(), ...waits.keys()])
    const shown = [...providers].filter((provider) => !lines?.isRead(provider))
    // First those that wait, as they are why it takes long.
    if (lines !== undefined) shown.sort((one, other) => Number(waits.has(other)) - Number(waits.has(one)))
    const parts = [...(lines === undefined ? [] : [lines.counts()]), ...shown.map(partOf)]
    const line = visibleText(parts.length === 0 ? 'reading' : parts.join(' · '))
    return line.slice(0, columns() - SPINNER_WIDTH)
  }
  const flush = () => {
    // The spinner makes room for what is written, and comes again below it.
    if (spinner !== undefined && unshown.length > 0) stderr.write(unshown.splice(0).join(''))
  }
  const refresh = () => {
    if (spinner !== undefined) spinner.text = text()
  }
  const show = async () => {
    const shownFor = showing
    const { default: createSpinner } = await import('yocto-spinner')
    if (shownFor !== showing) return
    spinner = createSpinner({ text: text(), stream: stderr, handleSignals: false }).start()
    flush()
  }
  const start = () => {
    showing = setTimeout(show, PATIENCE_MS)
    showing.unref()
  }
  const hide = () => {
    clearTimeout(showing)
    showing = undefined
    spinner?.stop()
    spinner = undefined
  }
  const onStart = (provider: string) => {
    lines?.onStart(provider)
    refresh()
  }
  const onEnd = (end: ProviderEnd) => {
    if (lines !== undefined) unshown.push(lines.onEnd(end))
    refresh()
    flush()
  }
  start()

  return {
    begin: (providers) => {
      if (providers.length <= FEW_PROVIDERS) return
      const ids = providers.map(({ id }) => id)
      lines = openProviderLines(ids, { paint: paintFor(stderr, variables), columns })
      refresh()
    },
    onStart,
    onEnd,
    onProvider: (progress) => (progress.state === 'reading' ? onStart(progress.provider) : onEnd(endOf(progress))),
    onProgress: ({ provider, list, ledger }) => {
      lists.set(provider, describeList(provider, list, ledger.items, ledger.total))
      refresh()
    },
    onEvent: (event) => {
      const { provider } = event
      if (event.type === 'attempt') {
        if (performance.now() >= (waits.get(provider)?.heldUntil ?? 0)) waits.delete(provider)
        requests.set(provider, (requests.get(provider) ?? 0) + 1)
      } else if (event.type === 'wait') {
        const seconds = Math.max(1, Math.ceil(event.ms / 1_000))
        waits.set(provider, {
          text: `${provider} waits ${seconds} s (${reasons[event.reason]})`,
          heldUntil: event.reason === 'rateLimit' ? performance.now() + event.ms : 0,
        })
      } else if (event.type === 'progress') {
        lists.set(provider, describeList(provider, LISTS[event.operation], event.items, event.expectedItems))
        pages.set(provider, describePages(event))
        const timeLeft = timesLeft.get(provider) ?? openTimeLeft()
        timesLeft.set(provider, timeLeft)
        left.set(provider, timeLeft(event))
      }
      refresh()
    },
    onChange: ({ provider, done, total }) => {
      lists.set(provider, `${provider} changes: ${numberText(done)} of ${numberText(total)}`)
      refresh()
    },
    onWait: ({ provider, changes, ms }) => {
      const until = timeText(Date.now() + ms)
      waits.set(provider, {
        text: `${provider} waits until ${until} (${quantity(changes, 'change')} sent, not seen yet)`,
        heldUntil: 0,
      })
      refresh()
    },
    aside: async (task) => {
      hide()
      try {
        return await task()
      } finally {
        start()
      }
    },
    stop: hide,
  }
}
