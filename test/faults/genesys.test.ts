import { test } from 'vitest'
import { genesys } from './genesys-target.ts'
import { runFaultProgram, runs } from './program.ts'

const HOUR_MS = 3_600_000

test(
  'whatever goes wrong at Genesys Cloud, what is read is the truth or says that it is not',
  {
    timeout: HOUR_MS,
  },
  () => runFaultProgram(genesys, runs(0.5)),
)
