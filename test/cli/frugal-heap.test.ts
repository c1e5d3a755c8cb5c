import { expect, it, vi } from 'vitest'
import { watchHeap } from '../../src/cli/frugal-heap.ts'

it('saves memory once much was read, and not before', () => {
  const save = vi.fn()
  const watch = watchHeap(save)
  const read = (bytes: number) =>
    watch({
      type: 'attempt',
      provider: 'acme',
      operation: 'GET /users',
      id: '1',
      attempt: 1,
      startedAt: '2026-11-30T00:00:00.000Z',
      milliseconds: 30,
      status: 200,
      bytes,
    })
  for (let page = 0; page < 200; page++) read(1_000_000)
  watch({ type: 'wait', provider: 'acme', operation: 'GET /users', reason: 'pace', ms: 1_000 })
  expect(save).not.toHaveBeenCalled()
  for (let page = 0; page < 3; page++) read(1_000_000)
  expect(save).toHaveBeenCalledOnce()
})
