import { ALONE, testsOneByOne } from './vitest.config.ts'

export default testsOneByOne(ALONE)
