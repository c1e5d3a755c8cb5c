import { test } from 'vitest'
import { runFaultProgram, runs } from './program.ts'
import { webexByBoth, webexByLicenses, webexByPeople } from './webex-target.ts'

const HOUR_MS = 3_600_000

test.each([webexByBoth, webexByLicenses, webexByPeople])(
  'whatever goes wrong at $name, what is read is the truth or says that it is not',
  { timeout: HOUR_MS },
  (target) => runFaultProgram(target, runs(0.25)),
)
