// Loaded before a measured program: tells what the whole process took, on descriptor 3, when it ends.
import { writeSync } from 'node:fs'

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeSync(3, JSON.stringify({ busyMs: (userCPUTime + systemCPUTime) / 1_000, peakMiB: maxRSS / 1_024 }))
})
