/** The part of a test runner that the suite needs. */
export interface TestRunner {
  readonly test: (name: string, run: () => Promise<void>) => void
  /** Reports a test that cannot be run, with the reason. */
  readonly skip: (name: string, reason: string) => void
}

/** The `test` function of vitest, Jest, Mocha or `node:test`. */
export interface TestFunction {
  (name: string, run: () => Promise<void>): unknown
  readonly skip: (name: string, run: () => Promise<void>) => unknown
}

/** Makes a {@link TestRunner} of the usual `test` function: a skipped test carries its reason in its name. */
export const runnerOf = (test: TestFunction): TestRunner => ({
  test: (name, run) => {
    test(name, run)
  },
  skip: (name, reason) => {
    test.skip(`${name} (skipped: ${reason})`, async () => {})
  },
})
