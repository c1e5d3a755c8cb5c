import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, test } from 'vitest'
import type { LicenseError } from '../../src/model/index.ts'
import { createPaged, type PageRequest, systemClock, type TokenPage, walkByToken } from '../../src/paging/index.ts'
import { firstContinuation, invalid, ledgerOf, name, pagesOf, unavailable } from './list-of.ts'

type Answers = Readonly<Record<string, E.Either<LicenseError, TokenPage<string>>>>

const vendorWith = (answers: Answers, request: PageRequest = {}) => {
  const asked: string[] = []
  const list = createPaged<string>(
    {
      ...name,
      clock: systemClock,
      keyOf: (row) => row,
      walk: ({ continuation = 'start' }) =>
        walkByToken({
          ...name,
          from: continuation,
          fetch: (token = '') => {
            asked.push(token)
            return TE.fromEither(answers[token] ?? E.left(unavailable))
          },
        }),
    },
    request,
  )
  return { list, asked }
}

const page = (items: readonly string[], next?: string) => E.right({ items, next })

describe('walking by token', () => {
  test('follows every token until there is none', async () => {
    const { list, asked } = vendorWith({ start: page(['a'], 't2'), t2: page(['b'], 't3'), t3: page(['c']) })
    expect(await pagesOf(list)).toEqual([['a'], ['b'], ['c']])
    expect(asked).toEqual(['start', 't2', 't3'])
  })

  test('ends by itself after the last page', async () => {
    let asked = 0
    const fetch = () => {
      asked++
      return TE.fromEither(page(['a']))
    }
    const steps = walkByToken<string>({ ...name, fetch })[Symbol.asyncIterator]()
    expect(await steps.next()).toMatchObject({ done: false, value: { right: { items: ['a'] } } })
    expect(await steps.next()).toEqual({ done: true, value: undefined })
    expect(asked).toBe(1)
  })

  test('does not end at an empty page that leads on', async () => {
    expect(await pagesOf(vendorWith({ start: page([], 't2'), t2: page(['b']) }).list)).toEqual([[], ['b']])
  })

  test('is one page for a list that is not paged', async () => {
    expect(await pagesOf(vendorWith({ start: page(['a']) }).list)).toEqual([['a']])
  })

  test('delivers the page with an empty token, and then fails', async () => {
    expect(await pagesOf(vendorWith({ start: page(['a'], '') }).list)).toEqual([['a'], 'InvalidResponse'])
  })

  test('does not call a first page whole that has an empty token', async () => {
    const answer = page(['a'], '')
    const walk = () => walkByToken<string>({ ...name, fetch: () => TE.fromEither(answer) })
    const list = createPaged({ ...name, clock: systemClock, walk })
    expect(await pagesOf(list)).toEqual([['a'], 'InvalidResponse'])
    expect(await ledgerOf(list)).toMatchObject({ items: 1, verdict: 'partial' })
  })

  test('keeps the place before a token that is known, so that the page can be asked for again', async () => {
    const { list } = vendorWith({ start: page(['a'], 't2'), t2: page(['b'], 'start') })
    const continuations = []
    for await (const step of list.pages()) if (E.isRight(step)) continuations.push(step.right.continuation)
    expect(continuations).toEqual(['t2', 't2'])
  })

  test('begins without a token where nothing is resumed', async () => {
    const asked: (string | undefined)[] = []
    const fetch = (token: string | undefined) => {
      asked.push(token)
      return TE.fromEither(page(['a'], token === undefined ? 't2' : undefined))
    }
    const walk = () => walkByToken<string>({ ...name, fetch })
    await pagesOf(createPaged({ ...name, clock: systemClock, walk }))
    expect(asked).toEqual([undefined, 't2'])
  })

  test('refuses an empty continuation, which no list gives, without a request', async () => {
    const { list, asked } = vendorWith({ '': page(['a']) }, { continuation: '' })
    const steps = []
    for await (const step of list.pages()) steps.push(step)
    expect(steps).toEqual([
      E.left({ _tag: 'RequestRejected', ...name, message: 'the continuation is not one of this list' }),
    ])
    expect(asked).toEqual([])
  })

  test('delivers the page that leads to itself, and then fails', async () => {
    const { list, asked } = vendorWith({ start: page(['a'], 'start') })
    expect(await pagesOf(list)).toEqual([['a'], 'InvalidResponse'])
    expect(asked).toEqual(['start'])
  })

  test('asks for one page after the other where no head tells what comes next', async () => {
    const { list, asked } = vendorWith({ start: page(['a'], 't2'), t2: page(['b'], 't3'), t3: page(['c']) })
    const pages = list.pages()[Symbol.asyncIterator]()
    for (const sofar of [1, 2, 3]) {
      await pages.next()
      expect(asked).toHaveLength(sofar)
    }
  })

  describe('where the head of a page tells what comes next', () => {
    /** Each page tells a token, and then comes when it is let. */
    const openWalk = (told: Readonly<Record<string, string>>, answers: Answers) => {
      const asked: string[] = []
      const letCome = new Map<string, () => void>()
      const steps = walkByToken<string>({
        ...name,
        from: 'start',
        fetch: (token = '', _, onNext) => {
          asked.push(token)
          const next = told[token]
          if (next !== undefined) onNext(next)
          return () =>
            new Promise((resolve) => {
              letCome.set(token, () => resolve(answers[token] ?? E.left(unavailable)))
            })
        },
      })[Symbol.asyncIterator]()
      const stepTo = async (token: string) => {
        const step = steps.next()
        await new Promise(setImmediate)
        letCome.get(token)?.()
        return step
      }
      return { asked, stepTo, letCome }
    }

    test('asks for it while the page itself is still coming, and for one page only', async () => {
      const { asked, stepTo } = openWalk(
        { start: 't2', t2: 't3', t3: 't4' },
        { start: page(['a'], 't2'), t2: page(['b'], 't3'), t3: page(['c'], 't4'), t4: page(['d']) },
      )
      await stepTo('start')
      expect(asked).toEqual(['start'])
      await stepTo('t2')
      expect(asked).toEqual(['start', 't2', 't3'])
      await stepTo('t3')
      expect(asked).toEqual(['start', 't2', 't3', 't4'])
      expect(await stepTo('t4')).toMatchObject({ value: { right: { items: ['d'] } } })
      expect(asked).toHaveLength(4)
    })

    test('asks for what was told of a page before the caller came to it', async () => {
      const { asked, stepTo, letCome } = openWalk(
        { t2: 't3', t3: 't4' },
        { start: page(['a'], 't2'), t2: page(['b'], 't3'), t3: page(['c'], 't4'), t4: page(['d']) },
      )
      await stepTo('start')
      const second = stepTo('t2')
      await new Promise(setImmediate)
      letCome.get('t3')?.()
      await second
      expect(asked).toEqual(['start', 't2', 't3'])
      expect(await stepTo('t3')).toMatchObject({ value: { right: { items: ['c'] } } })
      expect(asked).toEqual(['start', 't2', 't3', 't4'])
    })

    test('does not hear a page that was dropped', async () => {
      const { asked, stepTo } = openWalk(
        { t2: 'elsewhere', elsewhere: 'further', t3: 't4' },
        { start: page(['a'], 't2'), t2: page(['b'], 't3'), t3: page(['c'], 't4'), t4: page(['d']) },
      )
      for (const token of ['start', 't2', 't3', 't4']) await stepTo(token)
      expect(asked).toEqual(['start', 't2', 'elsewhere', 't3', 't4'])
    })

    test('ends no process where a page fails that the caller never comes to', async () => {
      const unhandled: unknown[] = []
      const hear = (reason: unknown) => unhandled.push(reason)
      process.on('unhandledRejection', hear)
      try {
        const steps = walkByToken<string>({
          ...name,
          from: 'start',
          fetch: (token, _, onNext) => async () => {
            if (token === 't2') onNext('t3')
            if (token === 't3') throw new Error('a mistake')
            return E.right({ items: [String(token)], next: token === 'start' ? 't2' : 't3' })
          },
        })[Symbol.asyncIterator]()
        await steps.next()
        await steps.next()
        await new Promise(setImmediate)
        await steps.return?.()
        await new Promise(setImmediate)
      } finally {
        process.off('unhandledRejection', hear)
      }
      expect(unhandled).toEqual([])
    })

    test('goes where the page itself leads, if the head told something else', async () => {
      const { asked, stepTo } = openWalk(
        { t2: 'elsewhere' },
        { start: page(['a'], 't2'), t2: page(['b'], 't3'), t3: page(['c']), elsewhere: page(['wrong']) },
      )
      await stepTo('start')
      await stepTo('t2')
      expect(await stepTo('t3')).toMatchObject({ value: { right: { items: ['c'] } } })
      expect(asked).toEqual(['start', 't2', 'elsewhere', 't3'])
    })

    test('asks for nothing that was read before', async () => {
      const { asked, stepTo } = openWalk(
        { t2: 'start', t3: '' },
        { start: page(['a'], 't2'), t2: page(['b'], 't3'), t3: page(['c']) },
      )
      for (const token of ['start', 't2', 't3']) await stepTo(token)
      expect(asked).toEqual(['start', 't2', 't3'])
    })
  })

  test('fails where a token leads back to any page read before', async () => {
    const { list, asked } = vendorWith({ start: page(['a'], 't2'), t2: page(['b'], 't3'), t3: page(['c'], 't2') })
    expect(await pagesOf(list)).toEqual([['a'], ['b'], ['c'], 'InvalidResponse'])
    expect(asked).toEqual(['start', 't2', 't3'])
  })

  test('does not call a page whole that leads in circles', async () => {
    expect(await ledgerOf(vendorWith({ start: page(['a'], 'start') }).list)).toMatchObject({ verdict: 'partial' })
  })

  test('says whether the token was empty or known, and never the token itself', async () => {
    const errors = []
    for (const next of ['', 'start']) {
      for await (const step of vendorWith({ start: page(['a'], next) }).list.pages()) {
        if (E.isLeft(step)) errors.push(step.left)
      }
    }
    const common = { _tag: 'InvalidResponse', ...name, issues: [] }
    expect(errors).toEqual([
      { ...common, message: 'the next page has an empty token' },
      { ...common, message: 'the next page is one that was read before' },
    ])
  })

  test('fails with a page that failed, as its last thing', async () => {
    const { list, asked } = vendorWith({ start: page(['a'], 't2'), t2: E.left(unavailable) })
    expect(await pagesOf(list)).toEqual([['a'], 'Unavailable'])
    expect(asked).toEqual(['start', 't2'])
  })

  test('fails with a page that cannot be read, as nothing tells what comes after it', async () => {
    const { list } = vendorWith({ start: page(['a'], 't2'), t2: E.left(invalid) })
    expect(await pagesOf(list)).toEqual([['a'], 'InvalidResponse'])
  })

  test('resumes with the token of the page after', async () => {
    const answers = { start: page(['a'], 't2'), t2: page(['b'], 't3'), t3: page(['c']) }
    const continuation = await firstContinuation(vendorWith(answers).list)
    const { list, asked } = vendorWith(answers, { continuation })
    expect(await pagesOf(list)).toEqual([['b'], ['c']])
    expect(asked).toEqual(['t2', 't3'])
  })

  test('fails where a resumed walk is led back to where it was resumed', async () => {
    const { list } = vendorWith({ t2: page(['b'], 't2') }, { continuation: 't2' })
    expect(await pagesOf(list)).toEqual([['b'], 'InvalidResponse'])
  })

  test('asks for nothing ahead of its consumer', async () => {
    const { list, asked } = vendorWith({ start: page(['a'], 't2'), t2: page(['b']) })
    const steps = list.pages()[Symbol.asyncIterator]()
    await steps.next()
    expect(asked).toEqual(['start'])
  })
})
