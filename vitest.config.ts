import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'

/**
 * What does not run with `npm test` but by itself, one file after the other (`npm run test:alone`): it measures time or
 * memory, which other tests would take from it, or would be a good part of all the time.
 */
export const ALONE = [
  'test/browser/page-speed.test.ts',
  'test/browser/report-page-argues.test.ts',
  'test/cli/demo.test.ts',
  'test/cli/killed-apply.test.ts',
  'test/cli/many-organizations.test.ts',
  'test/cli/startup.test.ts',
  'test/container.test.ts',
  'test/costs/costs.test.ts',
  'test/documents/commands.test.ts',
  'test/documents/help-examples.test.ts',
  'test/github-action.test.ts',
  'test/hostile/bounded-memory.test.ts',
  'test/memory.test.ts',
]

/** What waits for an event waits as long as a test may take, however busy the machine is: it ends when the event comes. */
export const waiting = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 50_000 } } }

/** All tests of `npm test` but those that these patterns fit. */
export const testsWithout = (...left: readonly string[]) =>
  defineConfig({
    test: {
      include: ['test/**/*.test.ts'],
      exclude: [...configDefaults.exclude, ...ALONE, ...left],
      // Files share processes, as most of their time would go into importing the same modules again. So each file undoes
      // what it changes in its process: intercepted requests, the environment, the clock, replaced globals.
      isolate: false,
      // One more than there are processors, as some tests wait for a process, a browser or a real pause.
      maxWorkers: availableParallelism() + 1,
      ...waiting,
    },
  })

export default testsWithout()
