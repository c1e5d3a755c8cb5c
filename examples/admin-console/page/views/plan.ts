import type { Doing, Outcome, PlanEvents, PlanState, PlanStatus } from '../../shared/api.ts'
import { Refused } from '../api.ts'
import { button, fill, foreign, h, longTable } from '../dom.ts'
import type { View } from '../place.ts'
import { adviceFor, errorText, notice, numberText, outcomeTexts, quantity, stateTexts, time } from '../words.ts'
import { confirmed } from './confirm.ts'
import { planContent } from './plan-content.ts'
import { followEvents } from './plan-events.ts'

/** What can be done with a plan, by its state. */
const actions: Readonly<Record<PlanState, readonly (readonly [Doing, string])[]>> = {
  planned: [['apply', 'Apply …']],
  applying: [],
  interrupted: [
    ['apply', 'Continue'],
    ['undo', 'Undo …'],
  ],
  applied: [['undo', 'Undo …']],
  'applied with failures': [
    ['apply', 'Try again'],
    ['undo', 'Undo …'],
  ],
  undoing: [],
  'undo interrupted': [['undo', 'Continue']],
  undone: [],
  'undone with failures': [['undo', 'Try again']],
}

const kindOf = (state: PlanState): string => {
  if (state === 'applied' || state === 'undone') return 'good'
  return state === 'planned' || state === 'applying' || state === 'undoing' ? 'plain' : 'warm'
}

const outcomeText = ({ outcome, undo }: Outcome): string => {
  const text = outcomeTexts[outcome] ?? outcome
  if (undo !== true) return text
  return outcome === 'applied' ? 'taken back' : `taking back: ${text}`
}

/** One plan: what it does, its way through confirmation and progress to the result, and back. */
export const showPlan: View = async ({ root, route, api, canChange, signal, showError }) => {
  const id = route.rest
  const stored = await api.plan(id)
  const { plan, provider } = stored
  // Screen readers say the state when it changes, and not each number.
  const words = h('strong', { role: 'status', tabindex: -1 })
  const numbers = h('span')
  const reasons = h('ul')
  const status = h('div', {}, words, numbers, reasons)
  const running = h('div', { class: 'running' })
  const meter = h('progress', { max: plan.changes.length, value: 0, 'aria-label': 'Changes made' })
  const told = h('div')
  const acting = h('div', { class: 'actions' })
  const troubles = h('div')
  const cells = plan.changes.map(() => h('span', { class: 'outcome' }, '–'))
  const outcomes = new Map<string, Outcome>()

  const begin = async (doing: Doing): Promise<void> => {
    fill(told)
    const request = (seats?: number) => (doing === 'undo' ? api.undo(id) : api.apply(id, seats))
    try {
      const hasBegun = await confirmed({ doing, stored, state, signal, request })
      // The button that was pressed goes away.
      if (hasBegun) words.focus()
    } catch (error) {
      // Another user is quicker: the events of this page show their work.
      if (!(error instanceof Refused && error.code === 'AlreadyRunning')) throw error
      const { by = 'Another user', since } = error.told.error
      fill(
        told,
        notice(
          'warm',
          h('strong', {}, `${by} is at work on this plan`),
          since !== undefined && [' since ', time(since)],
          '. You see the progress here.',
        ),
      )
    }
  }

  let state: PlanState | undefined
  const showStatus = ({ state: next, failures, counts }: PlanStatus): void => {
    const results = Object.entries(counts).map(([outcome, n]) => `${numberText(n)} ${outcomeTexts[outcome] ?? outcome}`)
    status.className = `notice ${kindOf(next)}`
    if (next !== state) fill(words, stateTexts[next])
    fill(numbers, results.length > 0 && ` ${results.join(', ')}.`)
    fill(
      reasons,
      failures.map(({ code, message }) => h('li', {}, foreign(message), '. ', adviceFor(code))),
    )
    root.dataset.state = next
    running.hidden = next !== 'applying' && next !== 'undoing'
    // While the state stays, so do the buttons: a user may be about to press one.
    if (canChange && next !== state) {
      fill(
        acting,
        actions[next].map(([doing, text], place) =>
          button(text, () => begin(doing), {
            kind: place === 0 && doing === 'apply' ? 'main' : '',
            onError: (error) =>
              error instanceof Refused && error.status !== 401
                ? fill(told, notice('bad', errorText(error)))
                : showError(error),
          }),
        ),
      )
    }
    state = next
  }

  const amount = h('span')
  const showProgress = ({ done, total }: PlanEvents['progress']): void => {
    meter.max = Math.max(total, 1)
    meter.value = done
    fill(amount, `${numberText(done)} of ${numberText(total)}`)
  }

  const troubleItem = ({ user, license, action, outcome, reason, undo }: Outcome): HTMLElement =>
    h(
      'li',
      {},
      `${undo === true ? 'Taking back: ' : ''}${action} `,
      foreign(license),
      ' of ',
      foreign(user),
      `: ${outcomeTexts[outcome] ?? outcome}. `,
      reason !== undefined && foreign(reason),
    )
  const showOutcome = (outcome: Outcome): void => {
    outcomes.set(`${outcome.change} ${outcome.undo === true}`, outcome)
    const cell = cells[outcome.change]
    if (cell !== undefined) fill(cell, outcomeText(outcome))
    const bad = [...outcomes.values()].filter(({ outcome }) => outcome === 'refused' || outcome === 'unknown')
    fill(troubles, bad.length > 0 && [h('h2', {}, 'What did not work'), h('ul', {}, bad.map(troubleItem))])
  }

  fill(running, meter, amount)
  fill(
    root,
    status,
    told,
    running,
    acting,
    troubles,
    planContent(stored),
    h('h2', {}, quantity(plan.changes.length, 'change')),
    longTable(
      `Changes at ${provider}`,
      [
        { title: 'User', cell: ({ change }) => foreign(change.user) },
        { title: 'Action', cell: ({ change }) => change.action },
        { title: 'License', cell: ({ change }) => foreign(change.license) },
        {
          title: 'Why',
          cell: ({ change }) => (change.finding === undefined ? 'asked for' : foreign(change.finding.message)),
        },
        { title: 'Outcome', cell: ({ cell }) => cell },
      ],
      plan.changes.flatMap((change, place) => {
        const cell = cells[place]
        return cell === undefined ? [] : [{ change, cell }]
      }),
    ),
  )
  showStatus(stored)
  followEvents({
    path: api.eventsPath(id),
    signal,
    check: () => api.plan(id),
    on: { outcome: showOutcome, progress: showProgress, state: showStatus },
    onLost: (isLost) => {
      root.querySelector('.lost')?.remove()
      if (!isLost) return
      const lost = notice('warm', 'The connection to the server is lost. The page connects again by itself …')
      lost.classList.add('lost')
      status.after(lost)
    },
    onError: showError,
  })
}
