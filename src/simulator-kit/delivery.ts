import { type Answer, json } from './answer.ts'
import type { FaultEffect } from './fault.ts'
import type { SimulatedRequest } from './simulated-request.ts'

/** How the bytes of an answer reach the client. */
export type Transmission =
  | { readonly kind: 'whole' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'trickle'; readonly chunkBytes: number; readonly everyMs: number }

export interface Reply {
  readonly kind: 'reply'
  readonly answer: Answer
  readonly delayMs: number
  readonly gzip: boolean
  readonly transmission: Transmission
}

/** What is to happen to one request, all its faults taken into account. */
export type Delivery = Reply | { readonly kind: 'hang' } | { readonly kind: 'reset'; readonly delayMs: number }

/** An answer as it is, at once. */
export const wholeReply = (answer: Answer): Reply => ({
  kind: 'reply',
  answer,
  delayMs: 0,
  gzip: false,
  transmission: { kind: 'whole' },
})

const statusAnswer = (effect: Extract<FaultEffect, { kind: 'status' }>): Answer => {
  const headers = Object.fromEntries(
    Object.entries(effect.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  if (effect.body === undefined || typeof effect.body === 'string') {
    return { status: effect.status, headers, body: effect.body ?? '' }
  }
  return json(effect.body, effect.status, headers)
}

/**
 * Works out the delivery. `carryOut` does what the request asks for and is called at most once, and only where an
 * effect leaves the request its effect; `finish` adds what the vendor puts on every answer.
 */
export const planDelivery = (
  request: SimulatedRequest,
  effects: readonly FaultEffect[],
  carryOut: () => Answer,
  finish: (answer: Answer) => Answer,
): Delivery => {
  let answer: Answer | undefined
  const current = (): Answer => {
    answer ??= finish(carryOut())
    return answer
  }
  let delayMs = 0
  let gzip = false
  let transmission: Transmission = { kind: 'whole' }
  for (const effect of effects) {
    switch (effect.kind) {
      case 'status':
        if (effect.carriedOut) current()
        answer = finish(statusAnswer(effect))
        break
      case 'delay':
        delayMs += effect.ms
        break
      case 'hang':
        if (effect.carriedOut) current()
        return { kind: 'hang' }
      case 'reset':
        if (effect.carriedOut) current()
        return { kind: 'reset', delayMs }
      case 'cut':
        transmission = { kind: 'cut' }
        break
      case 'truncate':
        answer = { ...current(), body: current().body.slice(0, Math.floor(current().body.length / 2)) }
        break
      case 'trickle':
        transmission = { kind: 'trickle', chunkBytes: effect.chunkBytes ?? 64, everyMs: effect.everyMs ?? 5 }
        break
      case 'gzip':
        gzip = true
        break
      case 'rewrite':
        answer = effect.rewrite(current(), request)
        break
    }
  }
  return { ...wholeReply(current()), delayMs, gzip, transmission }
}
