import { expect, expectAccessible, logIn, OLIVIA, publishEvent, test, unique } from './visitor.ts'

test('somebody signs up, registers in one click, sees it among theirs, cancels and signs out', async ({
  newVisitor,
}) => {
  const organizer = await newVisitor()
  await organizer.goto('/')
  await logIn(organizer, OLIVIA)
  const title = unique('Letterpress for two')
  const event = await publishEvent(organizer, { title, capacity: 2 })

  const page = await newVisitor()
  const username = unique('mira').replace(' ', '.')

  await test.step('signs up', async () => {
    await page.goto(`/e/${event.slug}`)
    await page.getByRole('form', { name: 'Register as a guest' }).getByRole('link', { name: 'Log in' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome back')
    await expectAccessible(page)
    await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Take your seat')
    await expectAccessible(page)
    await page.getByLabel('Username').fill(username)
    await page.getByLabel('E-mail').fill(`${username}@example.org`)
    await page.getByLabel('Password').fill('a kettle on a quiet stove')
    await page.getByLabel('First name').fill('Mira')
    await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click()
  })

  await test.step('is brought back to the event and registers in one click', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    await page.getByRole('button', { name: 'Register' }).click()
    await expect(page.getByRole('heading', { name: 'You are going' })).toBeFocused()
    await expect(page.getByRole('complementary', { name: 'Registration' })).toContainText('One seat left')
    await expectAccessible(page)
    await page.reload()
    await expect(page.getByRole('heading', { name: 'You are going' })).toBeVisible()
  })

  await test.step('sees it among theirs and cancels', async () => {
    await page.getByRole('link', { name: 'My registrations' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('My registrations')
    const row = page.getByRole('listitem').filter({ hasText: title })
    await expect(row).toContainText('Going')
    await expectAccessible(page)
    await row.getByRole('button', { name: `Cancel my place at ${title}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel my place' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Your place is free for somebody else.' })).toBeVisible()
    await expect(row).toHaveCount(0)
    await page.goto(`/e/${event.slug}`)
    await expect(page.getByRole('button', { name: 'Register' })).toBeVisible()
  })

  await test.step('signs out', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('banner').getByRole('link', { name: 'Log in' })).toBeVisible()
    await page.goto('/my')
    await expect(page).toHaveURL('/login?next=%2Fmy')
  })

  // reliability S21
  await test.step('is sent nowhere else by a link that somebody gave them', async () => {
    for (const next of ['//evil.example/', '/\\evil.example/', 'https://evil.example/', 'javascript:alert(1)']) {
      await page.goto(`/login?next=${encodeURIComponent(next)}`)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome back')
      const links = await page
        .getByRole('main')
        .getByRole('link')
        .evaluateAll((all) => all.map((each) => each.getAttribute('href')))
      expect(links.join(), next).not.toContain('evil')
      expect(links.join(), next).not.toContain('alert')
    }
    await page.getByLabel('Username or e-mail').fill(username)
    await page.getByLabel('Password').fill('a kettle on a quiet stove')
    await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
    await expect(page).toHaveURL('/my')
  })
})
