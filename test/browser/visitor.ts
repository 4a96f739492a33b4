import AxeBuilder from '@axe-core/playwright'
import { expect, test as plain, type APIRequestContext, type BrowserContext, type Page } from '@playwright/test'

export { expect }

type Fixtures = {
  /** Somebody with a browser of their own; whatever their browser complains of fails the test. */
  newVisitor: (options?: VisitorOptions) => Promise<Page>
}

type VisitorOptions = {
  javaScriptEnabled?: boolean
  colorScheme?: 'light' | 'dark'
  viewport?: { width: number; height: number }
}

export const test = plain.extend<Fixtures>({
  newVisitor: async ({ browser }, use) => {
    const complaints: string[] = []
    const contexts: BrowserContext[] = []
    await use(async (options = {}) => {
      const context = await browser.newContext(options)
      contexts.push(context)
      if (options.javaScriptEnabled !== false) collectComplaints(context, complaints)
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
    expect(complaints, 'what the browsers complained of').toEqual([])
  },
})

function collectComplaints(context: BrowserContext, complaints: string[]) {
  context.on('console', (message) => {
    // Playwright looks into every frame, also into the one that shows a mail and lets nothing run.
    if (message.text().includes("in 'about:srcdoc' because the document's frame is sandboxed")) return
    // Its recorder fetches the preview of what was chosen, which our policy lets nobody but an image do.
    if (message.text().startsWith("Connecting to 'blob:")) return
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`))
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // What was still under way when the visitor went on to the next page.
    if (why !== 'net::ERR_ABORTED') complaints.push(`${request.method()} ${request.url()}: ${why}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
}

/** Everybody can read and use the page as it stands, so far as a machine can tell. */
export async function expectAccessible(page: Page, rules?: string[]) {
  const axe = new AxeBuilder({ page }).setLegacyMode() // no frames to look into, and twice as quick
  if (rules) axe.withRules(rules)
  else axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
  const { violations } = await axe.analyze()
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`,
  )
  expect(found, `accessibility of ${page.url()}`).toEqual([])
}

/** The same of a mail that is open. Nothing runs in the frame it is shown in, so it is taken out of it. */
export async function expectMailAccessible(page: Page) {
  const frame = page.locator('iframe')
  const mail = await page.context().newPage()
  await mail.setContent((await frame.getAttribute('srcdoc')) ?? '')
  await expectAccessible(mail)
  await mail.close()
  await frame.evaluate((element) => element.remove())
  await expectAccessible(page)
}

/** The page fits the window and cannot be pushed aside. */
export async function expectNoSidewaysScroll(page: Page) {
  const { wide, window } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }))
  expect(wide, `width of ${page.url()}`).toBeLessThanOrEqual(window)
}

/** Opens the mail with this subject to this address, once it is there. */
export async function openMail(page: Page, subject: string, to: string) {
  const mail = page.getByRole('link').filter({ hasText: subject }).filter({ hasText: to }).first()
  await expect(async () => {
    await page.goto('/dev/mail')
    await expect(mail).toBeVisible({ timeout: 300 })
  }).toPass()
  await mail.click()
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible()
}

export const OLIVIA = { username: 'olivia', password: 'seven tulips at noon' }

/** Logs in without the form, which is tested elsewhere. */
export async function logIn(page: Page, account: { username: string; password: string }) {
  await asked(page.request.post('/api/v1/web-sessions', { data: account, headers: fromHere(page) }))
}

/** Opens an account that nobody else has and logs it in, without the forms. */
export async function signUp(page: Page) {
  const username = unique('visitor').replace(' ', '.')
  const account = { username, password: 'a kettle on a quiet stove' }
  const data = { ...account, email: `${username}@example.org`, firstName: 'Vera', lastName: 'Visitor' }
  await asked(page.request.post('/api/v1/accounts', { data, headers: fromHere(page) }))
  await logIn(page, account)
  return data
}

/** Registers a name and an address without the form. */
export async function registerGuest(page: Page, eventId: string, guest: { name: string; email: string }) {
  await asked(page.request.post(`/api/v1/events/${eventId}/registrations`, { data: guest, headers: fromHere(page) }))
}

/** A published event of whoever is logged in. */
export async function publishEvent(page: Page, fields: { title: string } & Record<string, unknown>) {
  const options = { headers: fromHere(page) }
  const event = await asked<{ id: string; slug: string }>(
    page.request.post('/api/v1/events', {
      ...options,
      data: {
        startsAt: daysFromNow(30),
        endsAt: daysFromNow(30.1),
        zone: 'Europe/Berlin',
        place: 'By the old crane',
        ...fields,
      },
    }),
  )
  await asked(page.request.put(`/api/v1/events/${event.id}/publication`, options))
  return event
}

export const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

/** A name that nobody else has: the database outlives a test. */
export const unique = (words: string) => `${words} ${Date.now().toString(36)}${(++made).toString(36)}`
let made = 0

// A browser's own request would say where it comes from, and the session cookie needs that.
const fromHere = (page: Page) => ({ origin: new URL(page.url()).origin })

async function asked<T>(answer: ReturnType<APIRequestContext['post']>): Promise<T> {
  const response = await answer
  if (!response.ok()) throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`)
  return (await response.json()) as T
}
