import { defineConfig } from 'vitest/config'

/** What waits for an event waits as long as a test may take: it ends when the event comes. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Files share processes, as each would import the same modules again. None changes anything in its process.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 50_000 } },
  },
})
