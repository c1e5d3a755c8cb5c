import { expect, test } from 'vitest'
import { atOnce, readingsOf, type WorkerRecord } from '../prove/intervals.ts'

/** What the proof says of one organization and these requests: `1a` is the snapshot a of the worker with the pid 1. */
const said = (requests: readonly (readonly [at: number, from: string])[], workers: readonly WorkerRecord[]) =>
  atOnce(
    readingsOf(
      requests.map(([at, [pid, snapshot] = '']) => ({
        ...{ at, organization: 'acme', from: `seatlens-fleet (host-${pid}; snapshot ${snapshot})` },
      })),
      workers,
    ),
  ).length

const worker = (pid: number, endedAt: number, ...ends: readonly number[]): WorkerRecord => ({
  ...{ pid, endedAt },
  ends: ends.map((at) => ({ organization: 'acme', at })),
})

test.each([
  [
    'one after the other',
    [
      [1, '1a'],
      [2, '1a'],
      [5, '2a'],
    ],
    [worker(1, 90, 4), worker(2, 90, 6)],
    0,
  ],
  [
    'the second as soon as the first was killed',
    [
      [1, '1a'],
      [5, '2a'],
    ],
    [worker(1, 4), worker(2, 90, 6)],
    0,
  ],
  [
    'a request that was on its way at the kill',
    [
      [1, '1a'],
      [5, '1a'],
      [6, '2a'],
    ],
    [worker(1, 4), worker(2, 90, 7)],
    0,
  ],
  [
    'requests of two workers in turn',
    [
      [1, '1a'],
      [2, '2a'],
      [3, '1a'],
    ],
    [worker(1, 90, 4), worker(2, 90, 5)],
    1,
  ],
  [
    'the second while the first still writes',
    [
      [1, '1a'],
      [3, '2a'],
    ],
    [worker(1, 90, 4), worker(2, 90, 5)],
    1,
  ],
  [
    'the second before the first was killed',
    [
      [1, '1a'],
      [3, '2a'],
    ],
    [worker(1, 4), worker(2, 90, 5)],
    1,
  ],
  [
    'two jobs of one worker',
    [
      [1, '1a'],
      [2, '1b'],
      [3, '1a'],
    ],
    [worker(1, 90, 4, 5)],
    1,
  ],
  [
    'one within a longer one, and another',
    [
      [1, '1a'],
      [2, '2a'],
      [7, '2b'],
    ],
    [worker(1, 90, 8), worker(2, 90, 3, 9)],
    2,
  ],
] as const)('%s', (_, requests, workers, times) => {
  expect(said(requests, workers)).toBe(times)
})

test('another organization at the same time is no matter; a request of a process that is no worker is a mistake', () => {
  const ofBoth = ['acme', 'northwind'].map((organization, place) => ({
    ...{ at: 1, organization, from: `seatlens-fleet (host-1; snapshot ${place})` },
  }))
  expect(atOnce(readingsOf(ofBoth, [worker(1, 5)]))).toEqual([])
  expect(() => readingsOf(ofBoth, [worker(2, 5)])).toThrow('asked for acme')
})
