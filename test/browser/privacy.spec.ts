import { readFile } from 'node:fs/promises'
import {
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  logIn,
  OLIVIA,
  openMail,
  publishEvent,
  registerGuest,
  signUp,
  test,
  unique,
} from './visitor.ts'

test('somebody takes their data along and deletes their account', async ({ newVisitor }) => {
  const page = await newVisitor()
  await page.goto('/')
  await signUp(page)
  await page.goto('/account')

  await test.step('downloads everything', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download your data' }).click(),
    ])
    const data = JSON.parse(await readFile(await download.path(), 'utf8')) as { account: { firstName: string } }
    expect(data.account.firstName).toBe('Vera')
  })

  await test.step('is asked first, and may stay', async () => {
    await page.getByRole('button', { name: 'Delete your account' }).click()
    await expect(page.getByRole('dialog')).toContainText('Delete your account for good?')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Keep my account' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await expectAccessible(page)
  })

  await test.step('deletes it, is nobody here any more, and could sign up anew', async () => {
    await page.getByRole('button', { name: 'Delete your account' }).click()
    await page.getByRole('button', { name: 'Delete it for good' }).click()
    await expect(page.getByRole('dialog').getByLabel('Your password')).toHaveAccessibleDescription(
      'Please fill this in.',
    )
    await page.getByRole('dialog').getByLabel('Your password').fill('a kettle on a quiet stove')
    await page.getByRole('button', { name: 'Delete it for good' }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Your account is deleted.' })).toBeVisible()
    await expect(page).toHaveURL('/')
    await expect(page.getByRole('banner').getByRole('link', { name: 'Log in' })).toBeVisible()
    await page.goto('/account')
    await expect(page).toHaveURL(/\/login/)
  })
})

test('a guest deletes name and address by the link in their mail', async ({ newVisitor }) => {
  const organizer = await newVisitor()
  await organizer.goto('/')
  await logIn(organizer, OLIVIA)
  const title = unique('Paper boats')
  const event = await publishEvent(organizer, { title })
  const email = `${unique('gil').replace(' ', '.')}@example.org`
  await registerGuest(organizer, event.id, { name: 'Gil Guest', email })
  const page = await newVisitor()
  await openMail(page, 'You have a place: ', email)
  const opened = page.waitForEvent('popup')
  await page.locator('pre').getByRole('link', { name: /\/r\// }).click()
  const link = await opened
  await expect(link.getByRole('heading', { name: 'Your data' })).toBeVisible()
  await expectAccessible(link)
  await link.getByRole('button', { name: 'Delete your data' }).click()
  await link.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await expect(link.getByRole('status').filter({ hasText: 'Your name and your address are deleted.' })).toBeVisible()
})

for (const look of [
  { name: 'light', options: { colorScheme: 'light' as const, viewport: { width: 1280, height: 900 } } },
  { name: 'dark', options: { colorScheme: 'dark' as const, viewport: { width: 1280, height: 900 } } },
  { name: 'narrow', options: { colorScheme: 'light' as const, viewport: { width: 360, height: 780 } } },
])
  test(`“Your data” can be read: ${look.name}`, async ({ newVisitor }) => {
    const page = await newVisitor(look.options)
    await page.goto('/')
    await signUp(page)
    await page.goto('/account')
    await page.getByRole('heading', { name: 'Your data' }).scrollIntoViewIfNeeded()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await page.screenshot({ path: test.info().outputPath('your-data.png'), fullPage: true })
    await page.getByRole('button', { name: 'Delete your account' }).click()
    await expectAccessible(page)
    await page.screenshot({ path: test.info().outputPath('delete.png') })
  })
