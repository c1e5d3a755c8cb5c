import type { Cell } from '../../grid/grid.ts'
import { type Html, html } from '../../page/html.ts'
import { levelOf } from '../../utilization-bar.ts'

type Part = Extract<Cell, { readonly part: unknown }>

const rounded = (value: number): number => Math.round(value * 100) / 100

/** Something is never drawn as nothing, and less than all never as all. */
const widthOf = (utilization: number): number =>
  utilization <= 0 ? 0 : utilization >= 1 ? 100 : Math.min(99, Math.max(1, rounded(utilization * 100)))

/** The whole width is what is in use; a space marks where the purchased seats end. */
const overflowing = (utilization: number): Html => {
  const purchased = Math.min(97, rounded(100 / utilization))
  return html`<rect class="over" width="${purchased}" height="8"/><rect class="excess" x="${purchased + 1}" width="${rounded(99 - purchased)}" height="8"/>`
}

/** For the eye; the number stands beside it as text. An unknown utilization has an empty outline, not a bar of no length. */
export const utilizationChart = ({ part: utilization, isBeyondLimit }: Part): Html => {
  if (utilization.kind === 'notApplicable') return html``
  if (utilization.kind === 'unknown') return html`<span class="bar bar-unknown"></span>`
  const { value } = utilization
  const parts =
    value > 1
      ? overflowing(value)
      : html`<rect class="${levelOf(value, isBeyondLimit)}" width="${widthOf(value)}" height="8"/>`
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="8"/>${parts}</svg>`
}

/** The class of the text beside it. */
export const utilizationClass = ({ part, isBeyondLimit }: Part): string =>
  part.kind === 'known' ? `level-${levelOf(part.value, isBeyondLimit)}` : 'level-unknown'
