import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  logIn,
  OLIVIA,
  openMail,
  publishEvent,
  registerGuest,
  test,
  unique,
} from './visitor.ts'

const PHONE = { width: 360, height: 780 }

test('every page fits a phone and is accessible, in the light and in the dark', async ({ newVisitor }) => {
  const anybody = await newVisitor({ viewport: PHONE, colorScheme: 'light' })
  await anybody.goto('/')
  await expect(anybody.getByRole('article').first()).toBeInViewport()
  await expectFine(anybody)
  await anybody.getByText('Filters').click()
  await expect(anybody.getByLabel('Only with free seats')).toBeVisible()
  await expectFine(anybody)
  await anybody.getByRole('banner').locator('summary').click()
  await expect(anybody.getByRole('navigation', { name: 'Menu' })).toBeVisible()
  await expectFine(anybody)
  for (const path of ['/?text=no+such+thing', '/login', '/signup', '/forgot', '/reset/any', '/verify/any']) {
    await anybody.goto(path)
    await expectFine(anybody)
  }

  const olivia = await newVisitor({ viewport: PHONE, colorScheme: 'light' })
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const title = unique('Donaudampfschifffahrtsgesellschaftskapitänsmützenausstellung')
  const event = await publishEvent(olivia, {
    title,
    capacity: 1,
    description: '# Caps\n\n> All of them\n\n- one\n- two',
  })
  const guest = {
    name: 'Maximiliane von und zu Hohenwaldeck-Sternberg',
    email: `${'x'.repeat(50)}${Date.now()}@example.org`,
  }
  await registerGuest(anybody, event.id, guest)
  await registerGuest(anybody, event.id, { name: 'Bo', email: `bo${Date.now()}@example.org` })
  for (const path of [
    `/e/${event.slug}`,
    '/my',
    '/account',
    '/organize',
    '/organize?when=past',
    '/organize/new',
    `/organize/${event.id}/edit`,
    `/organize/${event.id}/attendees`,
    `/organize/${event.id}/numbers`,
    `/organize/${event.id}/history`,
  ]) {
    await olivia.goto(path)
    await expectFine(olivia)
  }

  await anybody.goto(`/e/${event.slug}`)
  await expectFine(anybody)
  await openMail(anybody, `You have a place: ${title}`, guest.email)
  const opened = anybody.waitForEvent('popup')
  await anybody.locator('pre').getByRole('link', { name: /\/r\// }).click()
  const link = await opened
  await expect(link.getByRole('heading', { level: 1 })).toContainText('you are going')
  await expectFine(link)
})

test('a page that is not there says so', async ({ page }) => {
  for (const path of ['/nothing/here', '/e/no-such-event', '/r/no-such-link']) {
    const answer = await page.goto(path)
    expect(answer?.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nobody turned up here')
    await expectAccessible(page)
  }
})

test('whoever changes the colours finds them changed on the next page', async ({ newVisitor }) => {
  const page = await newVisitor({ colorScheme: 'light' })
  await page.goto('/')
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await paper()
  await page.getByRole('button', { name: 'Switch between light and dark' }).click()
  await expect.poll(paper).not.toBe(light)
  const dark = await paper()
  await page.goto('/signup')
  expect(await paper()).toBe(dark)
})

test('only scripts that this very answer names may run', async ({ page }) => {
  const policies: string[] = []
  for (let time = 0; time < 2; time++) {
    const answer = await page.request.get('/')
    const policy = answer.headers()['content-security-policy'] ?? ''
    const [, nonce] = /script-src 'self' 'nonce-([^']{20,})'/.exec(policy) ?? []
    expect(nonce).toBeTruthy()
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    const scripts = (await answer.text()).match(/<script(?! type="application\/json")[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(0)
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
    policies.push(policy)
  }
  expect(policies[0]).not.toBe(policies[1])
})

test('the first load of a page needs no more than 150 kB of scripts', async ({ browser, page: first }) => {
  await first.goto('/')
  const event = await first.getByRole('article').getByRole('link').first().getAttribute('href')
  for (const path of ['/', event!]) {
    const context = await browser.newContext() // with nothing kept from before
    const page = await context.newPage()
    const bodies: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script' || response.url().endsWith('.js')) bodies.push(response.body())
    })
    await page.goto(path, { waitUntil: 'networkidle' })
    const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length)
    expect(sizes.length).toBeGreaterThan(0)
    expect(
      sizes.reduce((sum, size) => sum + size, 0),
      `gzipped scripts of ${path}`,
    ).toBeLessThanOrEqual(150_000)
    await context.close()
  }
})

async function expectFine(page: Page) {
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expectAccessible(page, ['color-contrast']) // the rest does not change with the colours
  await page.emulateMedia({ colorScheme: 'light' })
}
