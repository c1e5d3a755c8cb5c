import { runnerOf, testConformance } from 'seatlens/testing'
import { test } from 'vitest'
import { zoomHarness } from './harness.ts'

testConformance(runnerOf(test), zoomHarness)
