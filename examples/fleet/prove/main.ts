import { parseArgs } from 'node:util'
import { prove } from './prove.ts'

/** `npm run prove`: what the README says of the fleet, on simulated organizations. */
const { values } = parseArgs({
  options: {
    organizations: { type: 'string', default: '2000' },
    partners: { type: 'string', default: '4' },
    workers: { type: 'string', default: '4' },
    jobs: { type: 'string', default: '6' },
    rate: { type: 'string', default: '200' },
    'kill-every': { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
  },
})

const proof = await prove({
  organizations: Number(values.organizations),
  partners: Number(values.partners),
  workers: Number(values.workers),
  jobs: Number(values.jobs),
  requestsPerMinute: Number(values.rate),
  killEvery: Number(values['kill-every']),
  seed: Number(values.seed),
  failEvery: 20,
  tokenLifetimeSeconds: 330,
  latencyMs: 20,
  say: (line) => console.log(line),
})
console.log(JSON.stringify(proof, undefined, 2))
const slowness = proof.seconds / proof.atRateSeconds
console.log(`took ${slowness.toFixed(2)} times what the rates allow`)
const isProven =
  [proof.wrong, proof.lostTokens, proof.tooFast, proof.twice].every((list) => list.length === 0) &&
  proof.refusedForRate <= proof.scripted429 &&
  slowness <= 1.2
process.exitCode = isProven ? 0 : 1
