import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { withDeclaredLicenses } from '../../src/index.ts'
import type { LicenseError } from '../../src/model/index.ts'
import { createTextNumbers } from '../../src/model/text-numbers.ts'
import { collectNumbered, collectOnce } from '../../src/paging/collect.ts'
import {
  changeItems,
  collect,
  createPaged,
  type ListRequest,
  type PageRequest,
  reduce,
  systemClock,
  toReadonlyArray,
} from '../../src/paging/index.ts'
import { type License, notApplicable, unlimited } from '../../src/provider-kit/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'
import { timersThatStandStill } from '../timers-that-stand-still.ts'
import { last, ledgerOf, listOf, middle, name, pagesOf, type Step, unavailable } from './list-of.ts'

const concat = (text: string, item: string) => text + item
const directory = { pages: 3, items: 2, repeated: 0, undecodable: 0, gaps: [], omits: [], verdict: 'complete' as const }

describe('draining a list', () => {
  test('makes one value of all items, with the final account', async () => {
    expect(await collect(() => '', concat)(listOf([middle(['a', 'b']), last(['c'])]))()).toMatchObject({
      value: 'abc',
      ledger: { items: 3, verdict: 'unverifiable' },
    })
  })

  test('keeps what came before a failure, and names the failure as a gap', async () => {
    const read = await collect(() => '', concat)(listOf([middle(['a']), E.left(unavailable)]))()
    expect(read).toMatchObject({
      value: 'a',
      error: unavailable,
      ledger: {
        items: 1,
        verdict: 'partial',
        gaps: [{ what: 'the rest of the list', reason: unavailable.message, error: unavailable }],
      },
    })
  })

  test('keeps the gaps from before a failure', async () => {
    const gap = { what: 'page 1', reason: 'bad' }
    const read = await collect(() => '', concat)(listOf([middle(['a'], { gaps: [gap] }), E.left(unavailable)]))()
    expect(read.ledger.gaps.map(({ what }) => what)).toEqual(['page 1', 'the rest of the list'])
  })

  test('has an account even where the first page fails', async () => {
    expect(await collect(() => '', concat)(listOf([E.left(unavailable)]))()).toMatchObject({
      value: '',
      ledger: {
        pages: 0,
        items: 0,
        gaps: [{ what: 'the list', reason: unavailable.message, error: unavailable }],
        verdict: 'partial',
      },
    })
  })

  test('does not take a list without any page for an empty one', async () => {
    const read = await collect(() => '', concat)(listOf([]))()
    expect(read.ledger).toMatchObject({ verdict: 'partial', gaps: [{ what: 'the list', reason: 'it had no page' }] })
  })

  test('keeps the last account of the directory, also where a later page has none or fails', async () => {
    const quiet = await collect(
      () => '',
      concat,
    )(listOf([middle(['a'], { directory: () => directory }), last(['b'])]))()
    const failed = await collect(
      () => '',
      concat,
    )(listOf([middle(['a'], { directory: () => directory }), E.left(unavailable)]))()
    expect([quiet.directory, failed.directory]).toEqual([directory, directory])
  })

  test('makes its state anew for every reading', async () => {
    const read = collect(
      (): string[] => [],
      (items, item: string) => {
        items.push(item)
        return items
      },
    )(listOf([last(['a'])]))
    await read()
    expect((await read()).value).toEqual(['a'])
  })

  test('reads nothing before it is called', async () => {
    let walks = 0
    const list = listOf(
      [],
      {},
      {
        walk: async function* () {
          walks++
          yield last([])
        },
      },
    )
    const read = collect(() => '', concat)(list)
    expect(walks).toBe(0)
    await read()
    expect(walks).toBe(1)
  })
})

describe('reducing a list', () => {
  test('gives the value with the account, and no error where there was none', async () => {
    const read = await reduce(
      () => 0,
      (count: number) => count + 1,
    )(listOf([last(['a', 'b'])]))()
    expect(read).toMatchObject({ _tag: 'Right', right: { value: 2, ledger: { items: 2 } } })
    expect(E.isRight(read) && 'error' in read.right).toBe(false)
  })

  test('fails with the failure of the list', async () => {
    const read = await reduce(
      () => 0,
      (count: number) => count + 1,
    )(listOf([middle(['a']), E.left(unavailable)]))()
    expect(read).toEqual(E.left(unavailable))
  })

  test('succeeds for a list with a gap, whose account tells', async () => {
    const list = listOf([last(['a'], { gaps: [{ what: 'page 1', reason: 'bad' }] })])
    expect(
      await reduce(
        () => 0,
        (count: number) => count + 1,
      )(list)(),
    ).toMatchObject({
      _tag: 'Right',
      right: { value: 1, ledger: { verdict: 'partial' } },
    })
  })
})

describe('reading a list into memory', () => {
  test('gives all items in order, with the account', async () => {
    expect(await toReadonlyArray(listOf([middle(['a']), last(['b', 'c'])]))()).toMatchObject({
      right: { items: ['a', 'b', 'c'], ledger: { pages: 2 } },
    })
  })

  test('fails with the failure of the list', async () => {
    expect(await toReadonlyArray(listOf([middle(['a']), E.left(unavailable)]))()).toEqual(E.left(unavailable))
  })

  test('takes 200,000 items of one page', async () => {
    const many = Array.from({ length: 200_000 }, (_, index) => String(index))
    const read = await toReadonlyArray(listOf([last(many)]))()
    expect(E.isRight(read) && read.right.items.length).toBe(200_000)
  })
})

describe('a list that moves while it is read', () => {
  const moving = [middle(['a'], { total: 2 }), last(['b'], { total: 3 })]
  const still = [middle(['a'], { total: 3 }), last(['b', 'c'], { total: 3 })]

  /** Goes through other steps every time it is read, and stays with the last ones. */
  const readings = (...each: readonly (readonly Step[])[]) => {
    let reading = -1
    const list = listOf(
      [],
      {},
      {
        walk: async function* () {
          reading = Math.min(reading + 1, each.length - 1)
          yield* each[reading] ?? []
        },
      },
    )
    return { list, read: () => reading + 1 }
  }

  test('is read again by who holds it whole, and is complete when it has come to rest', async () => {
    const { list } = readings(moving, still)
    const { right } = await toReadonlyArray(list)().then((either) =>
      E.isRight(either) ? either : expect.unreachable(),
    )
    expect(right.items).toEqual(['a', 'b', 'c'])
    expect(right.ledger).toMatchObject({ verdict: 'complete', rereads: 1 })
  })

  test('says nothing of further readings where one was enough', async () => {
    const { list, read } = readings(still)
    expect((await collect<string, string>(() => '', concat)(list)()).ledger).not.toHaveProperty('rereads')
    expect(read()).toBe(1)
  })

  test('is read twice more where it comes to rest only then', async () => {
    const { list, read } = readings(moving, moving, still, moving)
    expect(await collect<string, string>(() => '', concat)(list)()).toMatchObject({
      value: 'abc',
      ledger: { verdict: 'complete', rereads: 2 },
    })
    expect(read()).toBe(3)
  })

  test('is a mismatch when it is still moving after two more readings', async () => {
    const { list, read } = readings(moving, moving, moving, moving)
    expect(
      (
        await collect<string, number>(
          () => 0,
          (count) => count + 1,
        )(list)()
      ).ledger,
    ).toMatchObject({
      verdict: 'mismatch',
      rereads: 2,
    })
    expect(read()).toBe(3)
  })

  test('keeps its whole reading where the next one fails', async () => {
    const { list } = readings(moving, [E.left(unavailable)])
    const { value, ledger, error } = await collect<string, string[]>(
      () => [],
      (rows, row) => [...rows, row],
    )(list)()
    expect(value).toEqual(['a', 'b'])
    expect(ledger.verdict).toBe('mismatch')
    expect(error).toBeUndefined()
  })

  test('is not read again by who streams it', async () => {
    const { list, read } = readings(moving, still)
    expect(await ledgerOf(list)).toMatchObject({ verdict: 'mismatch' })
    expect(read()).toBe(1)
  })
})

const anyLicense: Omit<License, 'id' | 'name'> = {
  provider: name.provider,
  metric: 'unknown',
  purchased: unlimited,
  consumed: notApplicable,
  includes: [],
  requires: [],
}

describe('the deadline of a list that is read again', () => {
  /** Moves at every reading, each of which takes 600 ms. */
  const moving = (request: PageRequest) => {
    timersThatStandStill()
    let now = 0
    const deadlines: (number | undefined)[] = []
    const list = listOf([], request, {
      clock: { now: () => now, sleep: async () => {} },
      walk: async function* ({ scope }) {
        deadlines.push(scope.deadlineAt)
        yield middle(['a'], { total: 2 })
        now += 600
        if (scope.deadlineAt !== undefined && now >= scope.deadlineAt) return yield E.left(late)
        yield last(['b'], { total: 3 })
      },
    })
    return { list, deadlines }
  }
  const late: LicenseError = { _tag: 'DeadlineExceeded', ...name, message: 'the deadline has passed' }

  test('counts from the first reading', async () => {
    const { list, deadlines } = moving({ deadlineMs: 1_000 })
    expect((await collect(() => '', concat)(list)()).ledger.verdict).toBe('mismatch')
    expect(deadlines).toEqual([1_000, 1_000])
  })

  test('counts anew for whoever drains it once more', async () => {
    const { list, deadlines } = moving({ deadlineMs: 1_000 })
    const read = collect(() => '', concat)(list)
    await read()
    await read()
    expect(deadlines).toEqual([1_000, 1_000, 2_200, 2_200])
  })

  test('counts from the first reading of a list that is made of it, too', async () => {
    const { list, deadlines } = moving({ deadlineMs: 1_000 })
    await collect(() => '', concat)(changeItems(list, name, {}, () => (items) => items))()
    expect(deadlines).toEqual([1_000, 1_000])
  })

  test('counts from the first reading of licenses with what is declared of them, too', async () => {
    const { list, deadlines } = moving({ deadlineMs: 1_000 })
    const licenses = changeItems(list, name, {}, () => (ids) => ids.map((id) => ({ ...anyLicense, id, name: id })))
    const provider = { ...createInMemoryProvider({ licenses: [], users: [] }), listLicenses: () => licenses }
    const declared = withDeclaredLicenses(provider, new Map([['a', { name: 'A' }]]))
    await collect(
      () => '',
      (names, license: License) => names + license.name,
    )(declared.listLicenses())()
    expect(deadlines).toEqual([1_000, 1_000])
  })
})

describe('a row that came again with another content', () => {
  const changing = () => {
    let content = 0
    const steps = [last(['a', 'a', 'b'])]
    return listOf(steps, {}, { contentOf: (row) => [row === 'a' ? String(content++) : ''] })
  }
  const put = (rows: readonly string[], row: string) => [...rows, row]

  test('leaves what was read as it is, where nothing unites the two', async () => {
    const none = (): readonly string[] => []
    const once = await collectOnce(none, put)(changing())()
    expect(once).toMatchObject({ value: ['a', 'b'], ledger: { verdict: 'mismatch' } })
    expect((await collect(none, put)(changing())()).value).toEqual(['a', 'b'])
  })
})

test('the record of a list that changed is read once', async () => {
  let readings = 0
  const ledger = { pages: 1, items: 1, repeated: 0, undecodable: 0, gaps: [], omits: [], verdict: 'mismatch' as const }
  const pages = async function* () {
    readings++
    yield E.right({ items: ['a'], ledger, recorded: true as const })
  }
  const sum = collect(
    () => 0,
    (count: number) => count + 1,
  )
  expect(await sum({ pages })()).toEqual({ value: 1, ledger })
  expect(readings).toBe(1)
})

describe('draining a list by the numbers of its items', () => {
  const numbersOf = collectNumbered<string, [string, number][]>(
    () => [],
    (all, item, number) => [...all, [item, number]],
  )
  const keyed = (request: ListRequest, steps: readonly Step[]) =>
    createPaged<string>(
      {
        ...name,
        clock: systemClock,
        keyOf: (item) => item,
        walk: async function* () {
          yield* steps
        },
      },
      request,
    )

  test('gives each item the number that its key has among those of the request', async () => {
    const ids = createTextNumbers()
    ids.enter('b')
    const { value } = await numbersOf(keyed({ ids }, [middle(['a', 'b', 'a']), last(['b', 'c'])]))()
    expect(value).toEqual([
      ['a', 1],
      ['b', 0],
      ['c', 2],
    ])
  })

  test('does not take the numbers of items for those of what they were changed to', async () => {
    const all = keyed({ ids: createTextNumbers() }, [last(['a', 'b', 'c'])])
    const some = changeItems(all, name, {}, () => (items) => items.slice(1))
    await expect(numbersOf(some)()).rejects.toThrow('asked for with `ids`')
  })

  test('is for lists that were asked for with ids', async () => {
    await expect(numbersOf(keyed({}, [last(['a'])]))()).rejects.toThrow('asked for with `ids`')
    expect(await pagesOf(keyed({}, [last(['a'])]))).toEqual([['a']])
    for await (const page of keyed({}, [last(['a'])]).pages()) expect(page).not.toHaveProperty('right.numbers')
  })
})
