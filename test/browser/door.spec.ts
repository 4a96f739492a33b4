import type { Page } from '@playwright/test'
import {
  daysFromNow,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  logIn,
  OLIVIA,
  publishEvent,
  signUp,
  test,
  unique,
} from './visitor.ts'

const PHONE = { width: 360, height: 740 }

// S4-01
test('at the door tickets are scanned with the camera, and each is answered in one look', async ({
  browser,
  newVisitor,
}) => {
  // Not a visitor whose browser may not complain: refusals are what is shown here.
  const olivia = await (await browser.newContext({ viewport: PHONE })).newPage()
  await withCamera(olivia)
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const title = unique('The night market')
  const event = await publishEvent(olivia, { title, capacity: 3, startsAt: daysFromNow(0.2), endsAt: daysFromNow(0.3) })
  const guest = await newVisitor()
  await guest.goto('/')
  await signUp(guest)
  const code = await ticketFor(guest, event.id)
  const answer = olivia.getByRole('status', { name: 'The last answer' })

  await test.step('green, with the name', async () => {
    await olivia.goto(`/organize/${event.id}/door`)
    await expect(olivia.getByText('0 of 1 are in.')).toBeVisible()
    await olivia.getByRole('button', { name: 'Scan a ticket' }).click()
    await show(olivia, code)
    await expect(answer).toContainText('Vera Visitor is in')
    await expect(answer.locator('[data-tone=in]')).toBeVisible()
    await expect(olivia.getByText('1 of 1 are in.')).toBeVisible()
    await expectAccessible(olivia)
    await expectNoSidewaysScroll(olivia)
    await shot(olivia, 'door-in')
  })

  await test.step('red for what is no ticket', async () => {
    await show(olivia, 'https://example.org/a-poster')
    await expect(answer).toContainText('Not a valid ticket')
    await expect(answer.locator('[data-tone=no]')).toBeVisible()
    await olivia.emulateMedia({ colorScheme: 'dark' })
    await expectAccessible(olivia)
    await shot(olivia, 'door-no-dark')
  })

  await test.step('amber with the time of the first entry when it is shown again', async () => {
    await show(olivia, code)
    await expect(answer).toContainText('Vera Visitor is in already')
    await expect(answer).toContainText(/Since \d\d:\d\d/)
    await expect(answer.locator('[data-tone=look]')).toBeVisible()
    await expectAccessible(olivia)
    await shot(olivia, 'door-again-dark')
    await olivia.getByRole('button', { name: 'Stop the camera' }).click()
  })

  await test.step('who is not registered gets a free seat', async () => {
    await olivia.getByText('Somebody without a registration').click()
    const form = olivia.getByRole('form', { name: 'Somebody without a registration' })
    await form.getByLabel('Their name').fill('Walter Walks')
    await form.getByLabel('Their e-mail').fill(`walter${Date.now()}@example.org`)
    await expectAccessible(olivia)
    await shot(olivia, 'door-walk-in-dark')
    await form.getByRole('button', { name: 'Give a seat and let in' }).click()
    await expect(answer).toContainText('Walter Walks has a seat and is in')
    await expect(olivia.getByText('2 of 2 are in.')).toBeVisible()
    await expectNoSidewaysScroll(olivia)
  })
})

test('without such a camera the code is typed', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const times = { startsAt: daysFromNow(0.2), endsAt: daysFromNow(0.3) }
  const event = await publishEvent(olivia, { title: unique('By hand'), ...times })
  const guest = await newVisitor()
  await guest.goto('/')
  await signUp(guest)
  const code = await ticketFor(guest, event.id)
  await olivia.goto(`/organize/${event.id}/door`)
  await olivia.getByLabel('Code of the ticket').fill(code)
  await olivia.getByRole('button', { name: 'Check' }).click()
  await expect(olivia.getByRole('status', { name: 'The last answer' })).toContainText('Vera Visitor is in')
  await expect(olivia.getByLabel('Code of the ticket')).toHaveValue('')
  await expectAccessible(olivia)
  await shot(olivia, 'door-typing')
})

/** This machine has no camera, and its Chromium reads no codes: the browser's two parts are stood in for. */
async function withCamera(page: Page) {
  await page.addInitScript(() => {
    const shown = window as unknown as { shown?: string; BarcodeDetector: unknown }
    shown.BarcodeDetector = class {
      static getSupportedFormats = () => Promise.resolve(['qr_code'])
      detect = () => Promise.resolve(shown.shown ? [{ rawValue: shown.shown }] : [])
    }
    navigator.mediaDevices.getUserMedia = () => {
      const canvas = document.createElement('canvas')
      canvas.getContext('2d')?.fillRect(0, 0, 10, 10)
      return Promise.resolve(canvas.captureStream(5))
    }
  })
}

const show = (page: Page, code: string) =>
  page.evaluate((value) => {
    ;(window as unknown as { shown: string }).shown = value
  }, code)

/** Registers whoever is logged in, and answers the code of the ticket. */
async function ticketFor(page: Page, eventId: string) {
  const headers = { origin: new URL(page.url()).origin }
  const made = await page.request.post(`/api/v1/events/${eventId}/registrations`, { data: {}, headers })
  const { id } = (await made.json()) as { id: string }
  const ticket = await page.request.get(`/api/v1/registrations/${id}/ticket`)
  return ((await ticket.json()) as { code: string }).code
}

/** Where SHOTS names a folder. */
async function shot(page: Page, name: string) {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}
