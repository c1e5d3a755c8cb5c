import { test } from 'vitest'
import { runnerOf, testConformance } from '../../src/testing/index.ts'
import { inMemoryHarness } from '../testing/in-memory-harness.ts'

testConformance(runnerOf(test), inMemoryHarness)
