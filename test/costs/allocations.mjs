// Loaded before a command (--import): writes how many bytes it allocated for objects, garbage included, to the file COSTS_OUTPUT.
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'

/** Bytes between two samples, on average: some thousand samples of a run are a total that hardly varies. */
const INTERVAL = 8_192

const session = new Session()
session.connect()
session.post('HeapProfiler.startSampling', {
  samplingInterval: INTERVAL,
  includeObjectsCollectedByMajorGC: true,
  includeObjectsCollectedByMinorGC: true,
})

const bytesOf = ({ selfSize, children }) => children.reduce((sum, child) => sum + bytesOf(child), selfSize)

process.on('exit', () => {
  session.post('HeapProfiler.stopSampling', (error, result) => {
    if (error) throw new Error(error.message)
    writeFileSync(process.env.COSTS_OUTPUT, String(bytesOf(result.profile.head)))
  })
})
