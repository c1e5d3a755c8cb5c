import { describe, expect, test } from 'vitest'
import { whenAborted } from '../../src/paging/index.ts'

describe('waiting for a signal', () => {
  test('acts for everybody who waits, once', () => {
    const controller = new AbortController()
    const acted: string[] = []
    whenAborted(controller.signal, () => acted.push('a'))
    whenAborted(controller.signal, () => acted.push('b'))
    controller.abort()
    controller.abort()
    expect(acted).toEqual(['a', 'b'])
  })

  test('acts at once where the signal has fired already', () => {
    const acted: string[] = []
    whenAborted(AbortSignal.abort(), () => acted.push('a'))
    expect(acted).toEqual(['a'])
  })

  test('does not act for whoever has let go', () => {
    const controller = new AbortController()
    const acted: string[] = []
    const act = () => acted.push('a')
    const letGo = whenAborted(controller.signal, act)
    whenAborted(controller.signal, act)
    letGo()
    controller.abort()
    expect(acted).toEqual(['a'])
  })

  test('lets everybody act, whoever lets go meanwhile', () => {
    const controller = new AbortController()
    const acted: string[] = []
    const letGoOfA = whenAborted(controller.signal, () => {
      acted.push('a')
      letGoOfA()
    })
    whenAborted(controller.signal, () => acted.push('b'))
    controller.abort()
    expect(acted).toEqual(['a', 'b'])
  })

  test('may be let go of after the signal has fired', () => {
    const acted: string[] = []
    whenAborted(AbortSignal.abort(), () => acted.push('a'))()
    expect(acted).toEqual(['a'])
  })

  test('never acts without a signal', () => {
    expect(() => whenAborted(undefined, () => expect.unreachable())()).not.toThrow()
  })
})
