import {
  expect,
  expectAccessible,
  expectMailAccessible,
  logIn,
  OLIVIA,
  openMail,
  publishEvent,
  test,
  unique,
} from './visitor.ts'

test('a guest finds an event, takes a place, and gives it back by the link in the mail', async ({ newVisitor }) => {
  const page = await newVisitor()
  const guest = { name: 'Ilse Ferber', email: `${unique('ilse').replace(' ', '.')}@example.org` }
  const title = 'An evening of borrowed cellos'

  await test.step('finds it', async () => {
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('Coming up')
    await expectAccessible(page)
    await page.getByRole('searchbox', { name: 'Search events' }).fill('borrowed cellos')
    await page.getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/\?text=borrowed\+cellos$/)
    await expect(page.getByRole('heading', { name: 'Results for “borrowed cellos”' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('link', { name: title }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title, { ignoreCase: true })
    await expectAccessible(page)
  })

  await test.step('takes a place', async () => {
    const form = page.getByRole('form', { name: 'Register as a guest' })
    await form.getByRole('button', { name: 'Register' }).click()
    await expect(form.getByLabel('Your name')).toHaveAccessibleDescription('Please fill this in.')
    await expect(form.getByLabel('Your name')).toBeFocused()
    await form.getByLabel('Your name').fill(guest.name)
    await form.getByLabel('E-mail').fill(guest.email)
    await form.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByRole('heading', { name: 'You are going' })).toBeFocused()
    await expect(page.getByText(`We have written to ${guest.email}`)).toBeVisible()
    await expectAccessible(page)
  })

  const link = await test.step('reads the mail and follows its link', async () => {
    await openMail(page, `You have a place: `, guest.email)
    await expectMailAccessible(page)
    const opened = page.waitForEvent('popup')
    await page.locator('pre').getByRole('link', { name: /\/r\// }).click()
    return opened
  })

  await test.step('opening the link changes nothing, however often', async () => {
    for (let time = 0; time < 3; time++) {
      await expect(link.getByRole('heading', { level: 1 })).toHaveText('Ilse Ferber, you are going')
      await link.reload()
    }
    await expectAccessible(link)
  })

  await test.step('gives the place back', async () => {
    await link.getByRole('button', { name: 'Cancel my place' }).click()
    const dialog = link.getByRole('dialog', { name: 'Give your place back?' })
    await expectAccessible(link)
    await dialog.getByRole('button', { name: 'Keep my place' }).click()
    await expect(dialog).toBeHidden()
    await link.getByRole('button', { name: 'Cancel my place' }).click()
    await dialog.getByRole('button', { name: 'Cancel my place' }).click()
    await expect(link.getByRole('heading', { level: 1 })).toHaveText('Your registration is cancelled')
    await link.reload()
    await expect(link.getByRole('heading', { level: 1 })).toHaveText('Your registration is cancelled')
    await expect(link.getByRole('button', { name: 'Cancel my place' })).toHaveCount(0)
    await expectAccessible(link)
    await openMail(page, 'Registration cancelled: ', guest.email)
  })
})

test('the filters narrow the list, and the address says how', async ({ newVisitor }) => {
  const page = await newVisitor()
  await page.goto('/')
  await page.getByLabel('Category').selectOption({ label: 'Music' })
  await page.getByLabel('Only with free seats').check()
  await expect(page).toHaveURL(/category=.+&seats=1/)
  await page.waitForLoadState('networkidle') // until then the list is still the one before
  const cards = page.getByRole('article')
  await expect(cards.filter({ hasText: 'Music' })).toHaveCount(await cards.count())
  const titles = await cards.getByRole('heading').allTextContents()
  await page.reload()
  await expect(cards.getByRole('heading')).toHaveText(titles)
  await expect(page.getByLabel('Only with free seats')).toBeChecked()
  await page.getByRole('link', { name: 'Clear all filters' }).click()
  await expect(page.getByLabel('Only with free seats')).not.toBeChecked()
  await expect(page.getByLabel('Category')).toHaveValue('')
})

test('the list goes on, and so does it without an end in sight', async ({ newVisitor }) => {
  const page = await newVisitor()
  await page.goto('/')
  const cards = page.getByRole('article')
  await expect(cards).toHaveCount(18)
  await page.getByRole('link', { name: 'Show more events' }).click()
  await expect.poll(() => cards.count()).toBeGreaterThan(18)
})

test('a guest of an event that asks for it confirms by the button behind the link', async ({ newVisitor }) => {
  const page = await newVisitor()
  const guest = { name: 'Nils Holm', email: `${unique('nils').replace(' ', '.')}@example.org` }
  const title = unique('Confirmed by mail')
  const organizer = await newVisitor()
  await organizer.goto('/')
  await logIn(organizer, OLIVIA)
  const { slug } = await publishEvent(organizer, { title, confirmsGuests: true })

  await page.goto(`/e/${slug}`)
  const form = page.getByRole('form', { name: 'Register as a guest' })
  await form.getByLabel('Your name').fill(guest.name)
  await form.getByLabel('E-mail').fill(guest.email)
  await form.getByRole('button', { name: 'Register' }).click()
  await expect(page.getByRole('heading', { name: 'One more step: your mail' })).toBeFocused()
  await expectAccessible(page)

  await openMail(page, 'Confirm your place: ', guest.email)
  await expectMailAccessible(page)
  const opened = page.waitForEvent('popup')
  await page.locator('pre').getByRole('link', { name: /\/r\// }).click()
  const link = await opened
  await expect(link.getByRole('heading', { level: 1 })).toHaveText('Nils Holm, do you want this place?')
  await link.reload()
  await expectAccessible(link)
  await link.getByRole('button', { name: 'Confirm my place' }).click()
  await expect(link.getByRole('heading', { level: 1 })).toHaveText('Nils Holm, you are going')
  await expectAccessible(link)
})
