import type { Page } from '@playwright/test'
import { expect, expectAccessible, expectNoSidewaysScroll, logIn, OLIVIA, openMail, test, unique } from './visitor.ts'

const PHONE = { width: 360, height: 740 }

test('a private event is planned, people are invited to it and come, and it is copied', async ({
  browser,
  newVisitor,
}) => {
  // Not a visitor whose browser may not complain: refusals are what is shown here.
  const olivia = await (await browser.newContext()).newPage()
  const title = unique('A small circle')
  const state = olivia.getByRole('complementary', { name: 'The state of the event' })
  const confirm = (name: string) => olivia.getByRole('dialog').getByRole('button', { name }).click()
  const gast = `gast${Date.now().toString(36)}@example.org`

  const other = `other${Date.now().toString(36)}@example.org`

  await test.step('in a room of a venue, which stays when it is saved again', async () => {
    await olivia.goto('/')
    await logIn(olivia, OLIVIA)
    await olivia.goto('/organize/new')
    await olivia.getByLabel('Title').fill(title)
    await olivia.getByLabel('Starts').fill('2027-03-18T19:30')
    await olivia.getByLabel('Ends').focus()
    await olivia.getByLabel('Time zone').selectOption('Europe/Berlin')
    await olivia.getByLabel('Venue').selectOption({ index: 3 })
    await olivia.getByLabel('Room, floor, meeting point').fill('Room 3')
    await olivia.getByLabel('Who sees it').selectOption('Only who is invited')
    await olivia.getByRole('button', { name: 'Save the draft' }).click()
    await expect(olivia.getByText('Saved. Publish it when you are ready.')).toBeVisible()
    await olivia.getByLabel('Title').fill(`${title}!`)
    await olivia.getByRole('button', { name: 'Save changes' }).click()
    await expect(olivia.getByText('Saved.', { exact: true })).toBeVisible()
    await olivia.reload()
    await expect(olivia.getByLabel('Room, floor, meeting point')).toHaveValue('Room 3')
  })

  await test.step('is to be published by itself, and is not', async () => {
    await state.getByRole('button', { name: 'Schedule' }).click()
    await olivia.getByRole('dialog').getByLabel('Publish at').fill('2027-04-01T09:00')
    await confirm('Plan it')
    await expect(olivia.getByRole('dialog')).toContainText('It must be published before it starts.')
    await olivia.getByRole('dialog').getByLabel('Publish at').fill('2027-03-01T09:00')
    await expectAccessible(olivia)
    await shot(olivia, 'publish-at')
    await confirm('Plan it')
    await expect(state).toContainText('Will be published by itself on')
    await expect(state).toContainText('09:00')
    await state.getByRole('button', { name: 'Take the schedule back' }).click()
    await confirm('Keep it a draft')
    await expect(state).not.toContainText('Will be published by itself on')
    await state.getByRole('button', { name: 'Publish', exact: true }).click()
    await confirm('Publish')
    await expect(olivia.getByText('Published. People can register.')).toBeVisible()
  })

  await test.step('people are invited, and one is not any more', async () => {
    const panel = olivia.getByRole('region', { name: 'Invitations' })
    await panel.getByLabel('E-mail addresses').fill(`${gast}, not-an-address`)
    await panel.getByRole('button', { name: 'Invite' }).click()
    await expect(panel.getByLabel('E-mail addresses')).toHaveAttribute('aria-invalid', 'true')
    await panel.getByLabel('E-mail addresses').fill(`${gast}\n${other}`)
    await panel.getByRole('button', { name: 'Invite' }).click()
    await expect(olivia.getByText('2 invitations are on the way.')).toBeVisible()
    await panel.getByRole('button', { name: `Withdraw the invitation of ${other}` }).click()
    await confirm('Withdraw it')
    await expect(panel.getByRole('listitem').filter({ hasText: other })).toContainText('Withdrawn')
    await expectAccessible(olivia)
    await shot(olivia, 'invitations')
    await olivia.emulateMedia({ colorScheme: 'dark' })
    await olivia.setViewportSize(PHONE)
    await expectNoSidewaysScroll(olivia)
    await shot(olivia, 'invitations-phone-dark')
    await olivia.emulateMedia({ colorScheme: 'light' })
  })

  await test.step('who is invited finds the event by the link', async () => {
    const visitor = await newVisitor()
    await openMail(visitor, title, gast)
    const opened = visitor.waitForEvent('popup')
    await visitor
      .locator('pre')
      .getByRole('link', { name: /invitation=/ })
      .click()
    const page = await opened
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${title}!`)
    await expect(page.getByText('Room 3')).toBeVisible()
  })

  await test.step('and it is copied to another day', async () => {
    await state.getByRole('button', { name: 'Copy this event' }).click()
    await expect(olivia.getByRole('dialog').getByLabel('Time of the copy')).toHaveValue('2027-03-25T19:30')
    await confirm('Make the copy')
    await expect(olivia.getByText('This is the copy: a draft that only you see.')).toBeVisible()
    await expect(olivia.getByLabel('Starts')).toHaveValue('2027-03-25T19:30')
    await expect(olivia.getByText('Nobody is invited yet.')).toBeVisible()
  })
})

/** Where SHOTS names a folder. */
async function shot(page: Page, name: string) {
  const folder = process.env['SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
