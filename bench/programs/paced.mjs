// Reads all users with a budget, on a clock that may run faster than the true one. Prints the time by that clock, and the answers.
import { join } from 'node:path'
import { dist } from '../measure.mjs'

const [text, requestsPerMinute, epoch, speed] = process.argv.slice(2)
const { type: _, ...configuration } = JSON.parse(text)
const { createGenesysProvider } = await import(join(dist, 'providers', 'genesys', 'index.js'))
const { createRequestBudget } = await import(join(dist, 'src', 'provider-kit', 'index.js'))
const now = () => Number(epoch) + (Date.now() - Number(epoch)) * Number(speed)
const after = (ms, act) => {
  const timer = setTimeout(act, ms / Number(speed))
  return () => clearTimeout(timer)
}
const clock = {
  now,
  after,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const stop = after(ms, resolve)
      signal?.addEventListener('abort', () => {
        stop()
        resolve()
      })
    }),
}
const statuses = {}
const provider = createGenesysProvider(configuration, {
  clock,
  budget: createRequestBudget({ concurrency: 8, requestsPerMinute: Number(requestsPerMinute), clock }),
  onEvent: (event) => {
    // Requests for tokens go to another host, which has limits of its own.
    if (event.type === 'attempt' && !event.operation.includes('/oauth/'))
      statuses[event.status] = (statuses[event.status] ?? 0) + 1
  },
})
const start = now()
let users = 0
for await (const { id } of provider.listUsers()) if (id !== '') users++
console.log(JSON.stringify({ users, ms: now() - start, statuses }))
