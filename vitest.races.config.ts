import { defineConfig } from 'vitest/config'

// Real processes on a real PostgreSQL, one file at a time: TEST_DATABASE_URL names the server.
export default defineConfig({
  test: {
    include: ['test/races/**/*.test.ts'],
    globalSetup: ['test/kit/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})
