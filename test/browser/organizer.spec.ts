import type { Page } from '@playwright/test'
import { expect, expectAccessible, logIn, OLIVIA, openMail, publishEvent, test, unique } from './visitor.ts'

test('an organizer runs an event with one seat, from the draft to its end', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  const first = await newVisitor()
  const second = await newVisitor()
  const title = unique('The smallest concert')
  const venue = unique('The broom cupboard')
  const [ada, ben] = ['ada', 'ben'].map((name) => `${unique(name).replace(' ', '.')}@example.org`) as [string, string]
  let address = ''
  const state = olivia.getByRole('complementary', { name: 'The state of the event' })
  const confirm = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name }).click()

  await test.step('logs in', async () => {
    await olivia.goto('/login')
    await olivia.getByLabel('Username or e-mail').fill(OLIVIA.username)
    await olivia.getByLabel('Password').fill(OLIVIA.password)
    await olivia.getByRole('main').getByRole('button', { name: 'Log in' }).click()
    await expect(olivia.getByRole('heading', { level: 1 })).toHaveText('My events')
    await expectAccessible(olivia)
  })

  await test.step('writes a draft at a new venue', async () => {
    await olivia.getByRole('link', { name: 'New event' }).click()
    await expect(olivia.getByRole('heading', { level: 1 })).toHaveText('New event')
    await olivia.getByLabel('Title').fill(title)
    await olivia.getByLabel('Description').fill('One chair, *one* song.')
    const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
    await olivia.getByLabel('Starts').fill(`${day}T19:30`)
    await olivia.getByLabel('Ends').focus()
    await expect(olivia.getByLabel('Ends')).toHaveValue(`${day}T21:30`)
    await olivia.getByLabel('Time zone').selectOption('Europe/Berlin')
    await olivia.getByLabel('Venue').selectOption({ label: 'Add a new venue' })
    await olivia.getByLabel('Name of the venue').fill(venue)
    await olivia.getByLabel('Address').fill('Under the stairs 1')
    await olivia.getByRole('spinbutton', { name: 'Seats' }).fill('1')
    await expectAccessible(olivia)
    await olivia.getByRole('button', { name: 'Save the draft' }).click()
    await expect(state).toContainText('Only who runs it sees this.')
    await expect(olivia.getByLabel('Venue').locator('option:checked')).toHaveText(venue)
    await expectAccessible(olivia)
  })

  await test.step('publishes it', async () => {
    await state.getByRole('button', { name: 'Publish' }).click()
    await confirm(olivia, 'Publish')
    await expect(state).toContainText('One seat left')
    await state.getByRole('link', { name: 'See its page' }).click()
    await expect(olivia.getByRole('heading', { level: 1 })).toHaveText(title)
    await expect(olivia.getByText('19:30–21:30, Berlin time')).toBeVisible()
    await expect(olivia.getByText(venue)).toBeVisible()
    await expectAccessible(olivia)
    address = olivia.url()
  })

  await test.step('the first guest goes, the second waits as number 1', async () => {
    await registerAt(first, address, { name: 'Ada', email: ada })
    await expect(first.getByRole('heading', { name: 'You are going' })).toBeVisible()
    await registerAt(second, address, { name: 'Ben', email: ben })
    await expect(second.getByRole('heading', { name: 'You are number 1 in line' })).toBeVisible()
    await expectAccessible(second)
  })

  const count = (name: string) =>
    olivia.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd')
  const person = (name: string) => olivia.getByRole('row').filter({ hasText: name })

  await test.step('the seat of who is taken off the list goes to who waits', async () => {
    await olivia.getByRole('link', { name: 'Attendees' }).click()
    await expect(count('Going')).toHaveText('1 of 1')
    await expect(count('Waiting')).toHaveText('1')
    await expect(person('Ben')).toContainText('Number 1 in line')
    await expectAccessible(olivia)
    await person('Ada').getByRole('button', { name: 'Cancel the registration of Ada' }).click()
    await confirm(olivia, 'Take off the list')
    await expect(person('Ada')).toContainText('Cancelled')
    await expect(person('Ben')).toContainText('Going')
    await expect(count('Going')).toHaveText('1 of 1')
    await expect(count('Waiting')).toHaveText('0')
    await expect(count('Cancelled')).toHaveText('1')
    await openMail(second, `You have a seat now: ${title}`, ben)
  })

  await test.step('finds people by name and by state', async () => {
    await olivia.getByLabel('Show').selectOption('going')
    await expect(person('Ada')).toHaveCount(0)
    await expect(person('Ben')).toBeVisible()
    await olivia.getByLabel('Show').selectOption('')
    await olivia.getByRole('searchbox', { name: 'Name or e-mail' }).fill('Ada')
    await expect(person('Ben')).toHaveCount(0)
    await expect(person('Ada')).toBeVisible()
  })

  await test.step('closes registration and opens it again', async () => {
    await olivia.getByRole('link', { name: title }).click()
    await olivia.getByRole('link', { name: 'Edit' }).click()
    await state.getByRole('button', { name: 'Close registration' }).click()
    await confirm(olivia, 'Close it')
    await expect(state).toContainText('Registration is closed')
    await first.goto(address)
    await expect(first.getByRole('complementary', { name: 'Registration' })).toContainText('Registration is closed')
    await state.getByRole('button', { name: 'Reopen registration' }).click()
    await confirm(olivia, 'Reopen')
    await expect(state.getByRole('button', { name: 'Close registration' })).toBeVisible()
    await first.reload()
    await expect(first.getByRole('heading', { name: 'Join the waitlist' })).toBeVisible()
  })

  await test.step('cancels the event, and who had a seat hears why', async () => {
    await state.getByRole('button', { name: 'Cancel the event' }).click()
    await olivia.getByLabel('Reason').fill('The broom is back.')
    await expectAccessible(olivia)
    await confirm(olivia, 'Cancel the event')
    await expect(olivia).toHaveURL(/\/edit$/)
    await expect(state).toContainText('Cancelled')
    await first.reload()
    await expect(first.getByText('This event is cancelled')).toBeVisible()
    await expectAccessible(first)
    await openMail(second, `Event cancelled: ${title}`, ben)
    await expect(second.locator('pre').first()).toContainText('The broom is back.')
  })
})

test('who changed an event is asked before the changes are lost', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const title = unique('The half-written')
  const { id } = await publishEvent(olivia, { title })
  await olivia.goto(`/organize/${id}/edit`)
  const toMyEvents = () => olivia.getByRole('banner').getByRole('link', { name: 'Organize' }).click()
  const asked = olivia.getByRole('dialog', { name: 'Leave without saving?' })

  await test.step('not while nothing is changed', async () => {
    await expect(olivia.getByLabel('Title')).toHaveValue(title)
    await toMyEvents()
    await expect(olivia.getByRole('heading', { level: 1 })).toHaveText('My events')
    await olivia.goBack()
  })

  await test.step('by a link, and stays', async () => {
    await olivia.getByLabel('Title').click()
    await olivia.getByLabel('Title').fill(`${title} book`)
    await toMyEvents()
    await expect(asked).toBeVisible()
    await expectAccessible(olivia)
    await asked.getByRole('button', { name: 'Keep editing' }).click()
    await expect(asked).toBeHidden()
    await expect(olivia.getByLabel('Title')).toHaveValue(`${title} book`)
    await toMyEvents()
    await olivia.keyboard.press('Escape')
    await expect(asked).toBeHidden()
    await expect(olivia).toHaveURL(/\/edit$/)
  })

  await test.step('by closing the page', async () => {
    const question = olivia.waitForEvent('dialog')
    await olivia.close({ runBeforeUnload: true })
    const dialog = await question
    expect(dialog.type()).toBe('beforeunload')
    await dialog.dismiss()
    await expect(olivia.getByLabel('Title')).toHaveValue(`${title} book`)
  })

  await test.step('no more when it is saved', async () => {
    await olivia.getByRole('button', { name: 'Save changes' }).click()
    await expect(olivia.getByText('Saved.')).toBeVisible()
    await toMyEvents()
    await expect(olivia.getByRole('heading', { level: 1 })).toHaveText('My events')
  })

  await test.step('and leaves when they want to', async () => {
    await olivia.goBack()
    await olivia.getByLabel('Title').fill('Never')
    await toMyEvents()
    await asked.getByRole('button', { name: 'Leave' }).click()
    await expect(olivia.getByRole('heading', { level: 1 })).toHaveText('My events')
    await expect(olivia.getByText('Never', { exact: true })).toHaveCount(0)
  })
})

async function registerAt(page: Page, address: string, guest: { name: string; email: string }) {
  await page.goto(address)
  await page.getByLabel('Your name').fill(guest.name)
  await page.getByLabel('E-mail').fill(guest.email)
  await page
    .getByRole('form', { name: 'Register as a guest' })
    .getByRole('button', { name: /^(Register|Join the waitlist)$/ })
    .click()
}
