import { defineConfig } from 'vitest/config'
import { ALONE, waiting } from './vitest.config.ts'

/** The tests that need the machine for themselves. */
export default defineConfig({ test: { include: [...ALONE], fileParallelism: false, ...waiting } })
