import type { Doing, PlanInFull, PlanState } from '../../shared/api.ts'
import { Refused } from '../api.ts'
import { fill, h, labelled, on } from '../dom.ts'
import { changesText, errorText, notice, numberText, quantity } from '../words.ts'

export interface Confirming {
  readonly doing: Doing
  readonly stored: PlanInFull
  readonly state: PlanState | undefined
  /** Closes the dialog, as the user has left the plan. */
  readonly signal: AbortSignal
  readonly request: (confirmedSeats?: number) => Promise<unknown>
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

const questionOf = ({ doing, state, stored }: Confirming): string => {
  if (doing === 'undo') return 'Take the changes back? The users get back what they held before.'
  const what = `${changesText(stored.plan.changes)} at ${stored.plan.provider.displayName}`
  return state === 'planned' ? `${sentence(what)}?` : `Go on with the plan to ${what}? What is done is not done again.`
}

/**
 * Asks in a dialog, and carries out what is agreed to. Where many seats are taken away, their number must be typed: the server
 * asks for it (428) even if this page did not. Resolves to true when the server has begun, to false where the user says no.
 */
export const confirmed = (confirming: Confirming): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const { doing, stored, signal, request } = confirming
    let needs = doing === 'apply' && stored.needsConfirmation ? stored.seatsRemoved : undefined
    const typed = h('input', { inputmode: 'numeric', autocomplete: 'off' })
    const number = h('div')
    const told = h('div')
    const yes = h('button', { class: doing === 'undo' ? 'main' : 'main danger' }, doing === 'undo' ? 'Undo' : 'Apply')
    const no = h('button', { type: 'button' }, 'Cancel')
    const form = h(
      'form',
      {},
      h('h2', { id: 'question' }, doing === 'undo' ? 'Undo this plan' : 'Apply this plan'),
      h('p', {}, questionOf(confirming)),
      number,
      told,
      h('div', { class: 'actions' }, yes, no),
    )
    const dialog = h('dialog', { 'aria-labelledby': 'question' }, form)

    const isTyped = (): boolean => needs === undefined || Number(typed.value.replaceAll(/[\s,.]/g, '')) === needs
    const showNumber = (): void => {
      yes.disabled = !isTyped()
      if (needs === undefined || number.childElementCount > 0) return
      const { brake = `the plan takes away ${quantity(needs, 'seat')}` } = stored
      fill(
        number,
        notice('warm', `${sentence(brake)}. To go on, type ${numberText(needs)}.`),
        labelled('Number of seats', typed),
      )
    }
    const end = (then: () => void): void => {
      signal.removeEventListener('abort', cancel)
      dialog.close()
      dialog.remove()
      then()
    }
    const cancel = () => end(() => resolve(false))
    signal.addEventListener('abort', cancel)
    on(typed, { input: showNumber })
    on(no, { click: cancel })
    // The Escape key. What was asked for cannot be called off.
    on(dialog, { cancel: (event) => (no.disabled ? event.preventDefault() : cancel()) })
    on(form, {
      submit: async (event) => {
        event.preventDefault()
        if (!isTyped()) return
        yes.disabled = true
        no.disabled = true
        try {
          await request(needs)
          end(() => resolve(true))
        } catch (error) {
          if (!(error instanceof Refused) || error.status !== 428 || error.told.needs === needs)
            return end(() => reject(error))
          needs = error.told.needs
          no.disabled = false
          fill(told, notice('bad', errorText(error)))
          showNumber()
        }
      },
    })
    document.body.append(dialog)
    showNumber()
    dialog.showModal()
  })
