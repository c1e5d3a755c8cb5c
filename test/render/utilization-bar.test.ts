import { describe, expect, it } from 'vitest'
import { known, notApplicable, unknown } from '../../src/model/count.ts'
import { createFootnotes } from '../../src/render/footnotes.ts'
import { plain } from '../../src/render/text/surface.ts'
import { utilizationBar } from '../../src/render/utilization-bar.ts'

const bar = (value: number) => utilizationBar({ part: known(value) }, 10, plain, createFootnotes())

describe('the bar of utilization', () => {
  it.each([
    [0, '░░░░░░░░░░   0%'],
    [0.001, '█░░░░░░░░░  <1%'],
    [0.5, '█████░░░░░  50%'],
    [0.999, '█████████░  99%'],
    [1, '██████████ 100%'],
    [1.001, '██████████ 101%'],
    [2.5, '██████████ 250%'],
  ])('of %d is %s: only none is empty, only all is full', (value, text) => {
    expect(bar(value)).toBe(text)
  })

  it('is the word unknown with its reason, or a dash, where there is nothing to draw', () => {
    const notes = createFootnotes()
    expect(utilizationBar({ part: unknown('not told') }, 10, plain, notes)).toBe('unknown¹')
    expect(utilizationBar({ part: notApplicable }, 10, plain, notes)).toBe('–')
    expect(notes.text()).toBe('¹ not told\n')
  })

  it('is red and has a mark beyond the limit of the license, however few seats that is', () => {
    const notes = createFootnotes()
    const paint = { ...plain, red: (text: string) => `<${text}>` }
    const cell = { part: known(0.5), isBeyondLimit: true, notes: ['above the limit of 40 %'] }
    expect(utilizationBar(cell, 4, paint, notes)).toBe('<██░░>  50%¹')
    expect(notes.text()).toBe('¹ above the limit of 40 %\n')
  })
})
