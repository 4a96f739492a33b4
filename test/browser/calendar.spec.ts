import { expect, expectAccessible, logIn, OLIVIA, publishEvent, registerGuest, test, unique } from './visitor.ts'

test('an event goes into one’s calendar, and one’s own calendar gets a new address', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const title = unique('A date to keep')
  const event = await publishEvent(olivia, { title, capacity: 3 })
  await olivia.goto(`/e/${event.slug}`)
  const links = olivia.getByRole('list', { name: 'Calendar' })
  const file = await links.getByRole('link', { name: 'Add to calendar' }).getAttribute('href')
  const answer = await olivia.request.get(file!)
  expect(answer.headers()['content-type']).toBe('text/calendar; charset=utf-8')
  expect(await answer.text()).toContain(`SUMMARY:${title}`)
  await expect(links.getByRole('link', { name: /^Follow / })).toHaveAttribute(
    'href',
    /^webcal:\/\/127\.0\.0\.1:\d+\/api/,
  )

  await olivia.goto('/my')
  const address = olivia.getByLabel('Private address')
  const before = await address.inputValue()
  expect((await olivia.request.get(before)).status()).toBe(200)
  await olivia.getByRole('button', { name: 'New address' }).click()
  await olivia.getByRole('dialog').getByRole('button', { name: 'New address' }).click()
  await expect(address).not.toHaveValue(before)
  expect((await olivia.request.get(before)).status()).toBe(404)
  expect((await olivia.request.get(await address.inputValue())).status()).toBe(200)

  await registerGuest(olivia, event.id, { name: 'Ada', email: `ada${Date.now()}@example.org` })
  await olivia.goto(`/e/${event.slug}`)
  await olivia.getByRole('link', { name: 'Numbers' }).click()
  await expect(olivia.getByRole('heading', { level: 1 })).toHaveText('Numbers')
  await olivia.getByText('As a table').click()
  await expect(olivia.getByRole('row')).toHaveCount(2)
  await expectAccessible(olivia)
})
