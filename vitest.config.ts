import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification, type Vite } from 'vitest/node'

/** What measures time, which other tests would take from it: one file after the other (`npm run test:alone`). */
export const ALONE = [
  'test/browser/page-speed.test.ts',
  'test/cli/many-organizations.test.ts',
  'test/cli/startup.test.ts',
]

/**
 * What would be most of the time of `npm test`: browsers, shells, a process for each command, the package packed and
 * installed, every command of the documents, schedules of faults, what reads for a measure of memory or allocations
 * (`npm run test:long`).
 */
export const LONG = [
  'test/browser/**/*.test.ts',
  'test/faults/**/*.test.ts',
  'test/documents/{commands,comparison,help-examples}.test.ts',
  'test/cli/completion/shells.test.ts',
  'test/cli/{closed-output,demo,end-to-end,killed-apply,killed-container,resume,stopped}.test.ts',
  'test/cli/{doctor,explain,plan-from-findings,proxy,secrets,split-report}.test.ts',
  'test/{providers/genesys/billing-odd-values,report/linear,snapshot/absurd,snapshot/attribution.property,snapshot/linear}.test.ts',
  'test/conformance/webex-by-one-list.test.ts',
  'test/costs/**/*.test.ts',
  'test/hostile/bounded-memory.test.ts',
  'test/memory.test.ts',
  'test/query/**/*.test.ts',
  'test/testing/mutants.test.ts',
  'test/{audit,bundle-size,container,examples,github-action,packaging}.test.ts',
]

/** What waits for an event waits as long as a test may take, however busy the machine is: it ends when the event comes. */
const waiting = { testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 50_000 } } }

/** What takes longest, by the beginning of its path. The order that Vitest has without us is that of the files' lengths. */
const LONGEST = [
  'test/browser/report-page',
  'test/documents/commands',
  'test/documents/help-examples',
  'test/cli/killed-apply',
  'test/faults/',
  'test/cli/completion/shells',
  'test/browser/',
  'test/packaging',
  'test/cli/demo',
  'test/cli/secrets',
  'test/conformance/',
]

/** Begins with what takes longest, so that no processor has to wait for it at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = LONGEST.findIndex((path) => moduleId.includes(path))
      return rank < 0 ? LONGEST.length : rank
    }
    return (await super.sort(files)).sort((one, other) => rankOf(one) - rankOf(other))
  }
}

/**
 * One cache of transformed modules for the runs of all sets. Vitest keeps one for each configuration, as that may say how
 * modules are transformed; ours do not, they only name tests.
 */
const oneCache: Vite.Plugin = {
  name: 'one-cache',
  configResolved: ({ configFileDependencies }) => {
    configFileDependencies.length = 0
  },
}

/** The tests that fit `included` and not `left`, several files at once. */
export const testsOf = (included: readonly string[], left: readonly string[]) =>
  defineConfig({
    plugins: [oneCache],
    test: {
      experimental: { fsModuleCache: true },
      include: [...included],
      exclude: [...configDefaults.exclude, ...left],
      // Files share processes, as most of their time would go into importing the same modules again. So each file undoes
      // what it changes in its process: intercepted requests, the environment, the clock, replaced globals.
      isolate: false,
      // One more than there are processors, as some tests wait for a process, a browser or a real pause.
      maxWorkers: availableParallelism() + 1,
      sequence: { sequencer: LongestFirst },
      ...waiting,
    },
  })

/** The tests that fit `included`, one file after the other. */
export const testsOneByOne = (included: readonly string[]) =>
  defineConfig({
    plugins: [oneCache],
    test: { experimental: { fsModuleCache: true }, include: [...included], fileParallelism: false, ...waiting },
  })

export const ALL = ['test/**/*.test.ts']

export default testsOf(ALL, [...ALONE, ...LONG])
