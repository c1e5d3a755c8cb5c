// Loaded before a measured program: tells what the whole process took, on descriptor 3, when it ends.
import { readFileSync, writeSync } from 'node:fs'

/** What Linux counts in: a hundredth of a second. */
const TICK_MS = 10

/** The processor time of the main thread. The others compile, collect garbage and read files. Undefined elsewhere than on Linux. */
const mainThreadMs = () => {
  try {
    const text = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8')
    // Behind the name, which may have spaces; the 12th and 13th of these are user and system time.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return undefined
  }
}

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const busyMs = (userCPUTime + systemCPUTime) / 1_000
  writeSync(3, JSON.stringify({ busyMs, mainMs: mainThreadMs(), peakMiB: maxRSS / 1_024 }))
})
