import { ALL, ALONE, testsOf } from './vitest.config.ts'

/**
 * The tests that are run on another version of Node than `npm test`: those that take longer, and again those of `npm test` but for
 * the ones whose outcome Node has no part in. Whatever uses fetch, http, streams, zlib, files, processes, modules or timers
 * stays.
 */
export default testsOf(ALL, [
  ...ALONE,
  // Computations over plain data, and what commands make of it: each command is run on that version by the tests of the
  // documents and of the help, which are among those that take longer.
  'test/{check,contract,filter,model,plan}/**',
  'test/report/!(linear).test.ts',
  'test/cli/{attribution,besides,changes,declared,diff,discrepancy,filters,history,licenses,limits,messages}.test.ts',
  'test/cli/{organizations,people-rules,plan,protected-seats,prototype-keys,trend,usage,user,users}.test.ts',
  'test/cli/{check,report}*.test.ts',
  'test/cli/facts/**',
  'test/testing/!(mutants).test.ts',
  'test/cli/webex-without-people.test.ts',
  'test/snapshot/{attribution,cost-change.property,diff,diff-contracts,first-seen,trend,trend-plans}.test.ts',
  'test/render/!(entry-point|visible-text|workbook).test.ts',
  // What providers make of answers. That they come, and how, is shown by the tests of the transport and of commands.
  'test/conformance/!(webex-by-one-list).test.ts',
  'test/providers/{genesys,webex}/!(*simulator*|billing-odd-values).test.ts',
  // What is written in the files of this repository and of its build.
  'test/{architecture,patterns,supply-chain}.test.ts',
  'test/documents/!(commands|comparison|help-examples).test.ts',
  'test/surface/**',
])
