import { defineConfig } from 'vitest/config'

// Far from UTC, so that a time that is read as local shows.
process.env.TZ = 'Pacific/Auckland'

/** The tests that mutants are shown to: quick ones, in one process, that need no build. */
export default defineConfig({
  test: {
    include: ['test/{contract,model,paging,provider-kit}/**/*.test.ts'],
    // A mutant that hangs costs that much time.
    testTimeout: 5_000,
  },
})
