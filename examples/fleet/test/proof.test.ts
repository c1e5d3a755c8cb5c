import { expect, test } from 'vitest'
import { prove } from '../prove/prove.ts'

/** The proof of the README with fewer organizations. Its rate is not measured: the machine may have other things to do. */
test('60 organizations by 3 workers that are killed at random: each has one good snapshot, or a reason', async () => {
  const proof = await prove({
    ...{ customers: 40, partners: 2, centers: 20, workers: 3, jobs: 4, failEvery: 5 },
    ...{ requestsPerMinute: 600, centerRequestsPerMinute: 600 },
    ...{ killEvery: 6, seed: 20_261_129, tokenLifetimeSeconds: 320, latencyMs: 20, say: () => {} },
  })
  expect(proof).toMatchObject({ wrong: [], lostTokens: [], tooFast: [], twice: [] })
  expect(proof.good + proof.withReason).toBe(60)
  expect(proof.withReason).toBe(10)
  expect(proof.kills).toBeGreaterThan(0)
  expect(proof.refusedForRate).toBeLessThanOrEqual(proof.scripted429)
}, 300_000)
