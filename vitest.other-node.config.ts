import { testsWithout } from './vitest.config.ts'

/**
 * The tests that are run again on another version of Node: all but those whose outcome Node has no part in. Whatever
 * uses fetch, http, streams, zlib, files, processes, modules or timers stays.
 */
export default testsWithout(
  // What Chromium makes of a page; that the page is made is proven by test/cli and test/report.
  'test/browser/**',
  // What is written in the files of this repository.
  'test/{architecture,patterns,supply-chain}.test.ts',
  // What documents say of commands, which other tests run on this Node too.
  'test/documents/**',
  // What npm says of vulnerabilities; a step of CI of its own.
  'test/audit.test.ts',
)
