import { createHash } from 'node:crypto'
import type { Settings } from './settings.ts'

const HOUR_MS = 3_600_000

/** A stretch of time in which every organization gets one snapshot. */
export interface Period {
  /** Names it, also in the store, by the day when it begins: `2026-11-29`, or `2026-11-29T06` where there are several a day. In UTC. */
  readonly name: string
  readonly startsAt: number
}

/** The period that a moment is in. */
export const periodAt = (time: number, { everyHours }: Pick<Settings, 'everyHours'>): Period => {
  const startsAt = Math.floor(time / (everyHours * HOUR_MS)) * everyHours * HOUR_MS
  return { name: new Date(startsAt).toISOString().slice(0, everyHours >= 24 ? 10 : 13), startsAt }
}

/** Whether a period has ended. Names sort as their periods begin. */
export const isOver = (period: string, now: number, settings: Pick<Settings, 'everyHours'>): boolean =>
  period < periodAt(now, settings).name

/** The one after it. */
export const nextPeriod = (period: Period, settings: Pick<Settings, 'everyHours'>): Period =>
  periodAt(period.startsAt + settings.everyHours * HOUR_MS, settings)

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The last sixth of a period is for those that wait for their rate or are tried again: none begins after its period. */
const defaultSpread = (everyHours: number): number => everyHours * 50

/** Spreads the organizations over the period: the same organization at the same time of it, always. */
export const slotOf = (
  organization: string,
  period: Period,
  { everyHours, spreadMinutes = defaultSpread(everyHours) }: Pick<Settings, 'everyHours' | 'spreadMinutes'>,
): Date => {
  const fraction = digestOf(organization).readUInt32BE() / 2 ** 32
  return new Date(period.startsAt + Math.floor(fraction * spreadMinutes * 60_000))
}

/** The same for the same organization and period, so that planning twice makes one job. */
export const jobIdOf = (organization: string, period: Period): string => {
  const hex = digestOf(`${organization} ${period.name}`).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
