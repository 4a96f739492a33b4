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

const seconds = (n: number) => daysFromNow(n / 86_400)

test('who was there says how it was, and everybody reads it', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const event = await publishEvent(olivia, {
    title: unique('A very short concert'),
    startsAt: seconds(6),
    endsAt: seconds(7),
  })
  const guest = await newVisitor({ viewport: { width: 360, height: 780 } })
  await guest.goto('/')
  await signUp(guest)
  await guest.goto(`/e/${event.slug}`)
  await guest.getByRole('button', { name: 'Register', exact: true }).click()
  await expect(guest.getByText('you are going', { exact: false }).first()).toBeVisible()
  await expect(guest.getByText('How was it?')).toHaveCount(0)

  await expect(async () => {
    await guest.goto(`/e/${event.slug}`)
    await expect(guest.getByText('This event is over.')).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(guest.getByRole('heading', { name: 'You were there' })).toBeVisible()
  await guest.getByRole('button', { name: 'Publish the review' }).click()
  await expect(guest.getByText('Choose one of the five.')).toBeVisible()
  await guest.getByText('Wonderful').click()
  await guest.getByLabel('What should others know?').fill('Over before it began.\nI would go again.')
  await expectNoSidewaysScroll(guest)
  await expectAccessible(guest)
  await guest.getByRole('button', { name: 'Publish the review' }).click()
  await expect(guest.getByText('Over before it began.')).toBeVisible()
  await expect(guest.getByRole('button', { name: 'Publish the review' })).toHaveCount(0)

  const anybody = await newVisitor()
  await anybody.goto(`/e/${event.slug}`)
  await expect(anybody.getByText('5.0 of 5, from one review')).toBeVisible()
  await expectAccessible(anybody)

  await guest.getByRole('button', { name: /^Delete the review/ }).click()
  await guest.getByRole('button', { name: 'Delete it' }).click()
  await expect(guest.getByText('Over before it began.')).toHaveCount(0)
})

test('the organizer sees who changed what, and what it was before', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const event = await publishEvent(olivia, { title: unique('Chess in the park'), capacity: 8 })
  await olivia.goto(`/organize/${event.id}/edit`)
  await olivia.locator('input[name=place]').fill('Under the second oak')
  await olivia.getByRole('button', { name: 'Save changes' }).click()
  await expect(olivia.getByText('Saved.')).toBeVisible()
  await olivia.getByRole('link', { name: 'History' }).click()
  await expect(olivia.getByRole('heading', { level: 1, name: 'History' })).toBeVisible()
  const last = olivia.getByRole('listitem').filter({ hasText: 'Under the second oak' })
  await expect(last.locator('del')).toHaveText('By the old crane')
  await expect(last).toContainText('by olivia')
  await expectAccessible(olivia)
})
