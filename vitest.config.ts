import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['server/**/*.test.ts', 'web/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/races/**', 'test/dialects/**', '**/node_modules/**'],
    globalSetup: ['test/kit/global-setup.ts'],
    setupFiles: ['test/kit/each-file.ts'],
    pool: 'forks',
    maxWorkers: 2,
    isolate: false, // each file would load the whole server for itself, which takes longer than most of them
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
})
