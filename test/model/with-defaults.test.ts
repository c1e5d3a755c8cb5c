import { describe, expect, it } from 'vitest'
import { withDefaults } from '../../src/model/with-defaults.ts'

describe('options with defaults', () => {
  it('take undefined for not given', () => {
    const defaults = { attempts: 5, timeoutMs: 30_000 }
    expect(withDefaults(defaults, { attempts: undefined, timeoutMs: 0 })).toEqual({ attempts: 5, timeoutMs: 0 })
    expect(withDefaults(defaults)).toEqual(defaults)
  })
})
