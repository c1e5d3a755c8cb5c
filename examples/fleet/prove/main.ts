import { parseArgs } from 'node:util'
import { prove } from './prove.ts'

/** `npm run prove`: what the README says of the fleet, on simulated organizations. */
const { values } = parseArgs({
  options: {
    organizations: { type: 'string', default: '2000' },
    centers: { type: 'string', default: '160' },
    partners: { type: 'string', default: '4' },
    workers: { type: 'string', default: '4' },
    jobs: { type: 'string', default: '6' },
    rate: { type: 'string', default: '220' },
    'center-rate': { type: 'string', default: '30' },
    'kill-every': { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
  },
})

const proof = await prove({
  customers: Number(values.organizations) - Number(values.centers),
  centers: Number(values.centers),
  partners: Number(values.partners),
  workers: Number(values.workers),
  jobs: Number(values.jobs),
  requestsPerMinute: Number(values.rate),
  centerRequestsPerMinute: Number(values['center-rate']),
  killEvery: Number(values['kill-every']),
  seed: Number(values.seed),
  failEvery: 20,
  tokenLifetimeSeconds: 360,
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
