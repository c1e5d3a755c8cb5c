import { ALONE, LONG, testsOf } from './vitest.config.ts'

export default testsOf(LONG, ALONE)
