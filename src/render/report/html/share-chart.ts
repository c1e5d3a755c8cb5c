import { type Html, html } from '../../page/html.ts'
import { percentText } from '../../utilization-bar.ts'

/** So many have a color of their own. */
const COLORS = 6

/** What a part is drawn as, here and beside its number. */
export const shareClass = (place: number): string => (place < COLORS ? `share share-${place + 1}` : 'share share-other')

interface Share {
  readonly text: string
  readonly amount: number
}

const rounded = (value: number): number => Math.round(value * 100) / 100

/** The first ones, and all others as one. */
const drawnOf = (shares: readonly Share[]): readonly Share[] => {
  const others = shares.slice(COLORS).reduce((sum, { amount }) => sum + amount, 0)
  return [...shares.slice(0, COLORS), ...(others > 0 ? [{ text: 'others', amount: others }] : [])]
}

/** Between two parts. */
const SPACE = 0.4

/**
 * What part of the whole each amount is, as one bar; a screen reader reads the parts. Nothing where there are fewer than two
 * parts: one would say nothing.
 */
export const shareChart = (title: string, shares: readonly Share[]): Html | undefined => {
  const whole = shares.reduce((sum, { amount }) => sum + Math.max(0, amount), 0)
  if (shares.filter(({ amount }) => amount > 0).length < 2) return undefined
  const drawn = drawnOf(shares).map(({ text, amount }) => ({ text, part: Math.max(0, amount) / whole }))
  let start = 0
  const rects = drawn.map(({ part }, place) => {
    const width = part * 100
    const rect = html`<rect class="${shareClass(place)}" x="${rounded(start)}" width="${rounded(Math.max(0, width - SPACE))}" height="14"/>`
    start += width
    return rect
  })
  const texts = drawn.filter(({ part }) => part > 0).map(({ text, part }) => `${text} ${percentText(part)}`)
  return html`<svg class="shares" viewBox="0 0 100 14" preserveAspectRatio="none" role="img" focusable="false" aria-label="${title}: ${texts.join(', ')}">${rects}</svg>`
}
