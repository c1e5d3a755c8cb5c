import { test } from 'node:test'
import { runnerOf, testConformance } from 'seatlens/testing'
import { acmeHarness } from './harness.ts'

testConformance(runnerOf(test), acmeHarness)
