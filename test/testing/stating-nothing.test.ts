import { describe, expect, test } from 'vitest'
import { type Capabilities, everythingSupported } from '../../src/provider-kit/index.ts'
import { type ConformanceHarness, conformanceScenarios } from '../../src/testing/index.ts'
import { inMemoryHarness } from './in-memory-harness.ts'

const stating = (capabilities: unknown): ConformanceHarness => ({
  ...inMemoryHarness,
  serve: async (...args) => {
    const served = await inMemoryHarness.serve(...args)
    return { ...served, provider: { ...served.provider, capabilities: capabilities as Capabilities } }
  },
})

const later = { support: 'sometimes', when: 'the moon is full' }

describe('conformance', () => {
  test.each([
    ['nothing', {}],
    ['no operations', { ...everythingSupported, operations: undefined }],
    [
      'things in a way of a later version',
      { ...everythingSupported, operations: { ...everythingSupported.operations, listHolders: later }, audit: later },
    ],
  ])('is kept to by a provider that states %s', async (_, capabilities) => {
    const relevant = conformanceScenarios(stating(capabilities)).filter(({ id }) =>
      /^(description|licenses|users|lists|holders)\//.test(id),
    )
    expect(relevant.length).toBeGreaterThan(20)
    for (const { run, skip } of relevant) if (skip === undefined) await run()
  })
})
