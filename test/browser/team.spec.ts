import {
  daysFromNow,
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

// S3-03 S3-09
test('an organizer asks somebody to help, who says yes by the link in the mail and helps', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const title = unique('The long table')
  const today = { startsAt: daysFromNow(0.2), endsAt: daysFromNow(0.3) } // the door is open
  const event = await publishEvent(olivia, { title, capacity: 20, ...today })
  const helper = await newVisitor({ viewport: PHONE, colorScheme: 'dark' })
  await helper.goto('/')
  const username = unique('helper').replace(' ', '.')
  const account = { username, password: 'a kettle on a quiet stove' }
  const email = `${username}@example.org`
  const origin = new URL(helper.url()).origin
  await helper.request.post('/api/v1/accounts', { data: { ...account, email }, headers: { origin } })
  await logIn(helper, account)

  await test.step('invites by address', async () => {
    await olivia.goto(`/e/${event.slug}`)
    await olivia.getByRole('link', { name: 'Team' }).click()
    await expect(olivia.getByRole('heading', { level: 1, name: 'Team' })).toBeVisible()
    await expectAccessible(olivia)
    await olivia.getByLabel('E-mail or username', { exact: true }).fill(email)
    await olivia.getByLabel('As', { exact: true }).selectOption('Door')
    await olivia.getByRole('button', { name: 'Send the invitation' }).click()
    await expect(olivia.getByText('The invitation is on its way.')).toBeVisible()
    await expect(olivia.getByRole('listitem').filter({ hasText: email })).toContainText('Not answered yet')
    await shot(olivia, 'team-light')
  })

  await test.step('who is asked says yes', async () => {
    await openMail(helper, `Will you help: ${title}`, email)
    const opened = helper.waitForEvent('popup')
    await helper
      .locator('pre')
      .getByRole('link', { name: /\/team\// })
      .click()
    const page = await opened
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Will you help?')
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await shot(page, 'invitation-phone-dark')
    await page.getByRole('button', { name: `Accept: ${title}` }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are on the team')
  })

  await test.step('and lets people in', async () => {
    await registerGuest(olivia, event.id, { name: 'Gustav Guest', email: `gustav${Date.now()}@example.org` })
    await helper.goto('/my')
    await helper.getByRole('link', { name: 'Events that you help to run' }).click()
    await expectAccessible(helper)
    await shot(helper, 'my-events-phone-dark')
    await helper.getByRole('link', { name: `At the door of ${title}` }).click()
    await expect(helper.getByText('0 of 1 are in.')).toBeVisible()
    await helper.getByRole('button', { name: 'Let Gustav Guest in' }).click()
    await expect(helper.getByText('1 of 1 are in.')).toBeVisible()
    await expectAccessible(helper)
    await expectNoSidewaysScroll(helper)
    await shot(helper, 'door-phone-dark')
    await helper.getByRole('button', { name: 'Undo the check-in of Gustav Guest' }).click()
    await expect(helper.getByText('0 of 1 are in.')).toBeVisible()
    await helper.goto(`/e/${event.slug}`)
    await expect(helper.getByText('You are at the door.')).toBeVisible()
    await expect(helper.getByRole('link', { name: 'Edit' })).toHaveCount(0)
  })

  await test.step('until they are taken off the team', async () => {
    await olivia.setViewportSize(PHONE)
    await olivia.reload()
    const row = olivia.getByRole('listitem').filter({ hasText: username })
    await expect(row).toContainText('Door')
    await expectNoSidewaysScroll(olivia)
    await shot(olivia, 'team-phone')
    await row.getByRole('button', { name: /Take .* off the team/ }).click()
    await olivia.getByRole('dialog').getByRole('button', { name: 'Take off the team' }).click()
    await expect(olivia.getByText('is off the team.')).toBeVisible()
    await helper.goto(`/e/${event.slug}`)
    await expect(helper.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await expect(helper.getByText('You are at the door.')).toHaveCount(0)
  })
})

/** Where TEAM_SHOTS names a folder. */
async function shot(
  page: { screenshot(options: { path: string; fullPage: boolean }): Promise<unknown> },
  name: string,
) {
  const folder = process.env['TEAM_SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
