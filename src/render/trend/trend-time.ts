import { type Html, html } from '../page/html.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `20 Nov 2026`, in UTC. */
export const dayText = (iso: string): string => {
  const time = new Date(iso)
  if (Number.isNaN(time.getTime())) return iso
  return `${time.getUTCDate()} ${MONTHS[time.getUTCMonth()]} ${time.getUTCFullYear()}`
}

export const dayHtml = (iso: string): Html => html`<time datetime="${iso}">${dayText(iso)}</time>`

/** `20 Nov 2026, 10:00 UTC`. */
export const timeHtml = (iso: string): Html =>
  html`<time datetime="${iso}">${dayText(iso)}, ${iso.slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM'.length)} UTC</time>`
