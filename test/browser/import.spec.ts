import { aTicketmasterEvent, startTicketmaster, type Announcer } from '../kit/providers.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, logIn, OLIVIA, test, unique } from './visitor.ts'

// The program asks this address instead of Ticketmaster's: playwright.config.ts.
const port = Number(process.env.BROWSER_TEST_PORT ?? 8123) + 3

let ticketmaster: Announcer & { events: Record<string, unknown>[] }
test.beforeAll(async () => {
  ticketmaster = await startTicketmaster(port)
})
test.afterAll(() => ticketmaster.stop())

test('an event that is announced elsewhere is found and taken over as a draft', async ({ newVisitor }) => {
  const title = unique('Night of strings')
  const id = `G5${Date.now()}`
  ticketmaster.events.push(aTicketmasterEvent(id, title), aTicketmasterEvent(`${id}b`, `${title}, second evening`))
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  await olivia.goto('/organize')
  await olivia.getByRole('link', { name: 'Import an event' }).click()
  await expect(olivia.getByRole('heading', { level: 1 })).toHaveText('Import an event')
  await olivia.getByLabel('What').fill(title)
  await olivia.getByLabel('Where').fill('NY')
  await olivia.getByRole('button', { name: 'Search' }).click()
  const found = olivia.getByRole('list', { name: 'Events found' }).getByRole('listitem')
  await expect(found).toHaveCount(2)
  await expect(found.first()).toContainText('Madison Square Garden')
  await expect(found.first()).toContainText('49.5–120 USD')
  await expectAccessible(olivia)
  await expectNoSidewaysScroll(olivia)
  if (process.env.SCREENSHOTS)
    await olivia.screenshot({ path: `${process.env.SCREENSHOTS}/import.png`, fullPage: true })

  await olivia.getByRole('button', { name: `Import ${title}`, exact: true }).click()
  await expect(olivia.getByRole('heading', { level: 1 })).toContainText(title)
  await expect(olivia.getByLabel('Title')).toHaveValue(title)
  await olivia.goto('/organize/import')
  await olivia.getByLabel('What').fill(title)
  await olivia.getByRole('button', { name: 'Search' }).click()
  await expect(found.first()).toContainText('Imported')
  await olivia.getByRole('link', { name: `Show ${title}`, exact: true }).click()
  await expect(olivia.getByRole('link', { name: 'Where it was announced' })).toHaveAttribute('href', `https://www.ticketmaster.com/event/${id}`) // prettier-ignore
  if (process.env.SCREENSHOTS) await olivia.screenshot({ path: `${process.env.SCREENSHOTS}/imported.png` })
})
