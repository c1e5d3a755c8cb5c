import { test } from 'vitest'
import { acmeHarness } from '../../examples/acme/harness.ts'
import { runnerOf, testConformance } from '../../src/testing/index.ts'

testConformance(runnerOf(test), acmeHarness)
