import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

const FOLDER = 'test'

/** What marks a file that changes its process: intercepted requests, the environment, the clock, replaced globals. */
const CHANGES_ITS_PROCESS =
  /'nock'|-at-http|without-network|stand-still|\/vendor\.ts'|overheard|process\.|globalThis\.|\bvi\./

/** Folders whose files can share a process: most of their time would go into importing the same modules again. */
const SHARING =
  /^(check|cli|conformance|contract|model|pacing|paging|plan|provider-kit|render|report|simulator-kit|snapshot|testing)\//

/**
 * What does not run with `npm test` but by itself, one file after the other (`npm run test:alone`): it measures time or
 * memory, which other tests would take from it, or takes minutes.
 */
export const ALONE = [
  'test/browser/page-speed.test.ts',
  'test/cli/killed-apply.test.ts',
  'test/cli/startup.test.ts',
  'test/hostile/bounded-memory.test.ts',
  'test/memory.test.ts',
]

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'))
const together = files
  .filter((name) => SHARING.test(name) && !CHANGES_ITS_PROCESS.test(readFileSync(join(FOLDER, name), 'utf8')))
  .map((name) => `${FOLDER}/${name}`)

/** What waits for an event waits as long as a test may take, however busy the machine is: it ends when the event comes. */
export const waiting = { testTimeout: 20_000, expect: { poll: { timeout: 15_000 } } }

/** All tests of `npm test` but those that these patterns fit. */
export const testsWithout = (...left: readonly string[]) =>
  defineConfig({
    test: {
      // The default leaves one processor out, and CI has two.
      maxWorkers: '100%',
      projects: [
        { test: { name: 'together', include: together, exclude: [...ALONE, ...left], isolate: false, ...waiting } },
        {
          test: {
            name: 'apart',
            include: [`${FOLDER}/**/*.test.ts`],
            exclude: [...configDefaults.exclude, ...together, ...ALONE, ...left],
            ...waiting,
          },
        },
      ],
    },
  })

export default testsWithout()
