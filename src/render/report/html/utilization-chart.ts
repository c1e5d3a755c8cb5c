import type { Utilization } from '../../../report/license-report.ts'
import { type Html, html } from '../../page/html.ts'
import { NEARLY_FULL } from '../../utilization-bar.ts'

const levelOf = (utilization: number): string =>
  utilization > 1 ? 'over' : utilization >= NEARLY_FULL ? 'nearly-full' : 'free'

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
export const utilizationChart = (utilization: Utilization): Html => {
  if (utilization.kind === 'notApplicable') return html``
  if (utilization.kind === 'unknown') return html`<span class="bar bar-unknown"></span>`
  const { value } = utilization
  const parts =
    value > 1 ? overflowing(value) : html`<rect class="${levelOf(value)}" width="${widthOf(value)}" height="8"/>`
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="8"/>${parts}</svg>`
}

/** The class of the text beside it. */
export const utilizationClass = (utilization: Utilization): string =>
  utilization.kind === 'known' ? `level-${levelOf(utilization.value)}` : 'level-unknown'
