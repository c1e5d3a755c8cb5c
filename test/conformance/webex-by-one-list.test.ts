import { test } from 'vitest'
import { runnerOf, testConformance } from '../../src/testing/index.ts'
import { webexBy } from './webex.ts'

testConformance(runnerOf(test), webexBy.licenses)
testConformance(runnerOf(test), webexBy.people)
