import { test } from 'vitest'
import { type Facts, withFacts } from '../../src/index.ts'
import { type ConformanceHarness, runnerOf, testConformance } from '../../src/testing/index.ts'
import { inMemoryHarness } from '../testing/in-memory-harness.ts'

/** Facts that are about nothing of the organization: lists must be as they are without them. */
const facts: Facts = {
  licenses: [{ license: 'a license that is not there', from: { source: 'file', name: 'bought.csv' } }],
  activity: [{ user: 'nobody@facts.example', at: '2026-01-01T00:00:00Z', source: 'seen.csv' }],
}

const { beside: _, ...harness } = inMemoryHarness

/** A provider with facts is a provider as any other one. */
const withFactsHarness: ConformanceHarness = {
  ...harness,
  name: 'in memory, with facts',
  serve: async (...asked) => {
    const served = await inMemoryHarness.serve(...asked)
    return { ...served, provider: withFacts(served.provider, facts) }
  },
}

testConformance(runnerOf(test), withFactsHarness)
