const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const clocks = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/**
 * The offset of the reader's zone: `UTC`, `UTC+1`, `UTC-3:30`.
 * @param {Date} time
 */
const offsetOf = (time) => {
  const minutes = -time.getTimezoneOffset()
  const rest = Math.abs(minutes) % 60
  const hours = Math.floor(Math.abs(minutes) / 60)
  if (minutes === 0) return 'UTC'
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

/** The page has its times in UTC, as what makes it does not know the zone of its reader. */
export const showTimesInZone = () => {
  for (const shown of document.querySelectorAll('time[data-clock]')) {
    const time = new Date(shown.getAttribute('datetime') ?? '')
    if (Number.isNaN(time.getTime())) continue
    shown.textContent = `${dates.format(time)}, ${clocks.format(time)} ${offsetOf(time)}`
  }
}
