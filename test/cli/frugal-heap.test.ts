import { spawnSync } from 'node:child_process'
import { beforeEach, expect, it, vi } from 'vitest'
import { heapFlags, watchHeap } from '../../src/cli/frugal-heap.ts'

const MEGABYTE = 2 ** 20
const heap = { young: vi.fn(() => 0), keepYoung: vi.fn(), useLittle: vi.fn() }

const openWatch = () => {
  const watch = watchHeap(heap)
  return {
    read: (bytes: number) =>
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
      }),
    wait: () => watch({ type: 'wait', provider: 'acme', operation: 'GET /users', reason: 'pace', ms: 1_000 }),
  }
}

beforeEach(() => {
  vi.clearAllMocks()
})

it('saves memory once much was read, and not before', () => {
  const { read, wait } = openWatch()
  for (let page = 0; page < 200; page++) read(1_000_000)
  wait()
  expect(heap.useLittle).not.toHaveBeenCalled()
  for (let page = 0; page < 3; page++) read(1_000_000)
  expect(heap.useLittle).toHaveBeenCalledOnce()
})

it('keeps the young generation at the size that is enough', () => {
  const { read } = openWatch()
  heap.young.mockReturnValue(16 * MEGABYTE)
  read(1)
  expect(heap.keepYoung).not.toHaveBeenCalled()
  heap.young.mockReturnValue(32 * MEGABYTE)
  read(1)
  read(1)
  expect(heap.keepYoung).toHaveBeenCalledOnce()
})

it('tells V8 nothing that it does not know', () => {
  const told = Object.values(heapFlags).map((flag) => `require('node:v8').setFlagsFromString(${JSON.stringify(flag)});`)
  const { status, stderr } = spawnSync(process.execPath, ['-e', told.join('')], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
