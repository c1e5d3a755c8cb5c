import { ALL, ALONE, testsOf } from './vitest.config.ts'

/**
 * The tests that are run again on another version of Node: all but those whose outcome Node has no part in. Whatever
 * uses fetch, http, streams, zlib, files, processes, modules or timers stays.
 */
export default testsOf(ALL, [
  ...ALONE,
  // What Chromium makes of a page, and shells of a script; that both are made is proven by other tests.
  'test/browser/**',
  'test/cli/completion/shells.test.ts',
  // Computations over plain data.
  'test/{check,filter,model,plan,report}/**',
  // What is written in the files of this repository, and what npm says of vulnerabilities.
  'test/{architecture,audit,container,github-action,patterns,supply-chain}.test.ts',
  // What documents say of commands, and every value in every field, which other tests show on this Node too.
  'test/documents/**',
  'test/faults/decoded/**',
  // Hundreds of processes, of which a few are killed by other tests on this Node.
  'test/cli/killed-apply.test.ts',
])
