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
  // Computations over plain data, and what commands make of it.
  'test/{check,filter,model,plan,report}/**',
  'test/cli/{attribution,changes,diff,organizations,trend}.test.ts',
  'test/snapshot/attribution.property.test.ts',
  // What providers make of answers. That they come, and how, is shown by the tests of the transport and of commands.
  'test/conformance/**',
  'test/providers/{genesys,webex}/!(*simulator*).test.ts',
  // What DuckDB makes of queries, and PostgreSQL of tables. That DuckDB is loaded, and that its results arrive, is shown by
  // exports to Parquet.
  'test/query/{export-postgres,query}.test.ts',
  // Allocations are recorded on one version of Node.
  'test/costs/**',
  // What is written in the files of this repository and of its build, and what npm says of vulnerabilities.
  'test/{architecture,audit,bundle-size,container,github-action,patterns,supply-chain}.test.ts',
  'test/surface/**',
  // What documents say of commands, and what goes wrong in every order, of which other tests show enough on this Node.
  'test/documents/**',
  'test/faults/**',
  'test/cli/{demo,doctor,explain,killed-apply,plan-from-findings,resume,secrets,split-report}.test.ts',
  'test/{snapshot/absurd,testing/mutants}.test.ts',
])
