// Measures how long changes of many users take, and how much memory: node bench/changes.mjs [changes] [latency in ms]
import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { startVendor, told, vendors } from './simulated-vendors.mjs'

/** Changes every user, as a plan does that has just read them. */
const measure = async (vendor, count, configuration) => {
  const { userOf, licenses, open } = vendors[vendor]
  const wanted = licenses.at(-1)
  const provider = await open(JSON.parse(configuration))
  const ids = Array.from({ length: count }, (_, number) => userOf(number))
  const user = {
    provider: provider.id,
    kind: 'internal',
    status: 'active',
    licenseIds: licenses.slice(0, -1),
    pendingLicenseIds: [],
  }
  const users = new Map(ids.map((id) => [id, { ...user, id }]))
  const changes = ids.map((userId) => ({ action: 'assign', userId, licenseId: wanted }))
  const counts = {}
  const start = performance.now()
  for await (const { result } of provider.changeAssignments(changes, { users })) {
    counts[result] = (counts[result] ?? 0) + 1
  }
  const seconds = (performance.now() - start) / 1_000
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  return { seconds, busy: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1_024, counts }
}

const [first = '10000', second = '30', configuration] = process.argv.slice(2)
if (configuration === undefined) {
  console.log(`${first} changes, ${second} ms of latency, ${availableParallelism()} cores, Node ${process.version}`)
  console.log('vendor   seconds  of them busy  peak MiB  outcomes')
  for (const name of Object.keys(vendors)) {
    const { configuration: address, stop } = await startVendor(name, first, second)
    try {
      const { seconds, busy, peak, counts } = await told(
        fork(import.meta.filename, [first, name, JSON.stringify(address)]),
      )
      const figures = [
        seconds.toFixed(1).padStart(7),
        busy.toFixed(1).padStart(12),
        peak.toFixed(0).padStart(8),
        JSON.stringify(counts),
      ]
      console.log(`${name.padEnd(7)}  ${figures.join('  ')}`)
    } finally {
      stop()
    }
  }
} else {
  process.send(await measure(second, Number(first), configuration))
  process.disconnect()
}
