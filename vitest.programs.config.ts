import { defineConfig } from 'vitest/config'

// Programs that were written for the systems we replace, run against a demo server: they want Python with its `requests`.
export default defineConfig({
  test: {
    include: ['test/dialects/**/*.test.ts'],
    globalSetup: ['test/kit/global-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 150_000,
    hookTimeout: 60_000,
  },
})
