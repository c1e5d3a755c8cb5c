import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

const FOLDER = 'test'

/** What marks a file that changes its process: intercepted requests, the environment, the clock, replaced globals. */
const CHANGES_ITS_PROCESS = /'nock'|-at-http|without-network|\/vendor\.ts'|overheard|process\.|globalThis\.|\bvi\./

/** Folders whose files can share a process: most of their time would go into importing the same modules again. */
const SHARING =
  /^(check|cli|conformance|contract|model|pacing|paging|plan|provider-kit|render|report|simulator-kit|snapshot|testing)\//

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'))
const together = files
  .filter((name) => SHARING.test(name) && !CHANGES_ITS_PROCESS.test(readFileSync(join(FOLDER, name), 'utf8')))
  .map((name) => `${FOLDER}/${name}`)

const testTimeout = 20_000

/** All tests but those that these patterns fit. */
export const testsWithout = (...left: readonly string[]) =>
  defineConfig({
    test: {
      // The default leaves one processor out, and CI has two.
      maxWorkers: '100%',
      projects: [
        { test: { name: 'together', include: together, exclude: [...left], isolate: false, testTimeout } },
        {
          test: {
            name: 'apart',
            include: [`${FOLDER}/**/*.test.ts`],
            exclude: [...configDefaults.exclude, ...together, ...left],
            testTimeout,
          },
        },
      ],
    },
  })

export default testsWithout()
