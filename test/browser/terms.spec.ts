import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startProcess } from '../kit/processes.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, OLIVIA, test } from './visitor.ts'

// A server of its own: with terms, every sign-up of the other tests would have to accept them.
test('who has not accepted the terms of now is told so on every page, until they do', async ({ newVisitor }) => {
  test.slow()
  const folder = await mkdtemp(join(tmpdir(), 'turnout-terms-'))
  const [port, mails] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const server = await startProcess({
    command: ['start'],
    entry: 'dist/server/main.js',
    env: {
      ...{ MODE: 'demo', HOST: '127.0.0.1', PORT: String(port), BASE_URL: url, DATA_DIR: folder },
      ...{ SMTP_DEV_PORT: String(mails), TERMS_URL: `${url}/terms-of-today`, TERMS_VERSION: '2' },
    },
  })
  try {
    const page = await newVisitor()
    const hint = page.getByRole('link', { name: 'Read and accept them' })
    await page.goto(`${url}/`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(hint).toHaveCount(0)
    await page.goto(`${url}/login`)
    await page.getByLabel('Username or e-mail').fill(OLIVIA.username)
    await page.getByLabel('Password').fill(OLIVIA.password)
    await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('My events')
    for (const path of ['/', '/my', '/organize']) {
      await page.goto(url + path)
      await expect(hint).toBeVisible()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
    }
    await hint.click()
    await expect(page).toHaveURL(`${url}/account#terms`)
    await expect(hint).toHaveCount(0) // its place on this page says more
    await page.getByRole('button', { name: 'I accept them' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'You have accepted the terms.' })).toBeVisible()
    await page.goto(`${url}/`)
    await expect(page.getByRole('banner').getByRole('button', { name: 'Sign out' })).toBeVisible()
    await expect(hint).toHaveCount(0)
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
