import { momentOf } from './moment.ts'

/** A time for people, in UTC: `2026-11-20 10:00 UTC`. A text that is not a time stays as it is. */
export const timeText = (iso: string): string => {
  const moment = momentOf(iso)
  if (moment === undefined) return iso
  const text = new Date(moment).toISOString()
  return `${text.slice(0, 'YYYY-MM-DD'.length)} ${text.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM'.length)} UTC`
}
