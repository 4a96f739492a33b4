import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { defineConfig } from '@playwright/test'

// The real program with its examples, as `npm start` runs it, on a port and in a folder of its own.
const port = Number(process.env.BROWSER_TEST_PORT ?? 8123)
const address = `http://127.0.0.1:${port}`

// Each of Playwright's processes reads this file; the first makes the folder and removes it.
let folder = process.env.BROWSER_TEST_DATA
if (!folder) {
  const made = mkdtempSync(join(tmpdir(), 'turnout-browser-'))
  process.env.BROWSER_TEST_DATA = folder = made
  process.on('exit', () => rmSync(made, { recursive: true, force: true }))
}

export default defineConfig({
  testDir: 'test/browser',
  outputDir: 'test-results',
  forbidOnly: true,
  fullyParallel: false,
  workers: 1, // one server, one database, and what one test does another sees
  // Generous, because the machine may be busy with other things; in peace the slowest test takes 15 seconds.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: address,
    browserName: 'chromium',
    // Neither the server's zone nor any event's: what is rendered twice must come out the same.
    timezoneId: 'Asia/Kolkata',
    locale: 'en-GB',
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: installedBrowser(),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
  webServer: {
    command: 'node scripts/start.mjs',
    url: `${address}/health/ready`,
    timeout: 180_000, // a first build is part of it
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'ignore',
    env: {
      HOST: '127.0.0.1',
      PORT: String(port),
      BASE_URL: address,
      DATA_DIR: folder,
      SMTP_DEV_PORT: String(port + 1),
      // Whatever the surroundings say: the embedded database, demo mode.
      DATABASE_URL: '',
      MODE: '',
      LOG_LEVEL: 'warn',
      // Started by the test that logs in through it.
      OIDC_ISSUER: `http://127.0.0.1:${port + 2}`,
      OIDC_CLIENT_ID: 'turnout',
      OIDC_CLIENT_SECRET: 'the-secret-of-turnout-at-the-provider',
      OIDC_NAME: 'Town ID',
      // Started by the test that imports from it.
      TICKETMASTER_URL: `http://127.0.0.1:${port + 3}`,
      TICKETMASTER_API_KEY: 'a-key-of-ticketmaster',
      // All log in from one address, and the same organizer in every other test.
      RATE_LIMIT_LOGINS: '1000',
      RATE_LIMIT_ACCOUNT_LOGINS: '1000',
    },
  },
})

/** The system's Chromium or Chrome; Playwright's own where there is none. */
function installedBrowser(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((each) => join(each, name))).find((path) => existsSync(path))
}
