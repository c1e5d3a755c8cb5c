/** How a day is written. */
export const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Whether a text is a day that there is, as `2026-01-31`. */
export const isDay = (text: string): boolean => {
  const time = DAY.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
