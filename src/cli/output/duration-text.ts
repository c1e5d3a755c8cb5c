const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS

/**
 * How long something took or takes, for people, with as many digits as matter: `0.4 s`, `48 s`, `12 min`, `3.5 h`.
 */
export const durationText = (ms: number): string => {
  if (ms < 9.95 * SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} s`
  if (ms < 99.5 * SECOND_MS) return `${Math.round(ms / SECOND_MS)} s`
  if (ms < 99.5 * MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`
  return `${(ms / HOUR_MS).toFixed(1)} h`
}
