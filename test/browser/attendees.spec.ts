import {
  expect,
  expectAccessible,
  logIn,
  OLIVIA,
  openMail,
  publishEvent,
  registerGuest,
  signUp,
  test,
  unique,
} from './visitor.ts'

test('an organizer corrects a guest and passes a ticket on', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const title = unique('The seat that moves')
  const event = await publishEvent(olivia, { title, capacity: 1 })
  const address = (name: string) => `${unique(name).replace(' ', '.')}@example.org`
  const [wrong, right, successor] = [address('aad'), address('ada'), address('ben')]
  await registerGuest(olivia, event.id, { name: 'Aad', email: wrong })
  await openMail(olivia, title, wrong)
  const link = await olivia.locator('pre').first().innerText()
  await olivia.goto(`/organize/${event.slug}/attendees`)
  const person = (name: string) => olivia.getByRole('row').filter({ hasText: name })
  const dialog = olivia.getByRole('dialog')

  await test.step('writes the name and the address rightly', async () => {
    await person('Aad').getByRole('button', { name: 'Correct the name or address of Aad' }).click()
    await expect(dialog.getByLabel('Name')).toHaveValue('Aad')
    await dialog.getByLabel('Name').fill('Ada')
    await dialog.getByLabel('E-mail').fill(right)
    await expectAccessible(olivia)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(person('Ada')).toContainText(right)
    await expect(person('Ada')).toContainText('Going')
    await expect(olivia.getByText(wrong)).toHaveCount(0)
  })

  await test.step('gives the seat to somebody else, and the old link shows nothing any more', async () => {
    await person('Ada').getByRole('button', { name: 'Pass on the seat of Ada' }).click()
    await expect(dialog.getByLabel('Name')).toHaveValue('')
    await dialog.getByLabel('Name').fill('Ben')
    await dialog.getByLabel('E-mail').fill(successor)
    await expectAccessible(olivia)
    await dialog.getByRole('button', { name: 'Pass it on' }).click()
    await expect(person('Ben')).toContainText(successor)
    await expect(person('Ada')).toContainText('Cancelled')
    await openMail(olivia, title, successor)
    const old = /\/r\/(\S+)/.exec(link)![1]!
    const answer = await olivia.request.get(`/api/v1/guest-links/${old}`)
    expect(answer.status()).toBe(404)
  })
})

test('people say that they would like to come, and whether others may see that they do', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const event = await publishEvent(olivia, { title: unique('Lanterns'), capacity: 5 })
  const [vera, other] = [await newVisitor(), await newVisitor()]
  for (const page of [vera, other]) {
    await page.goto('/')
    await signUp(page)
    await page.goto(`/e/${event.slug}`)
  }
  const seen = async () =>
    ((await (await other.request.get(`/api/v1/events/${event.id}/attendees`)).json()) as { items: { name: string }[] })
      .items

  await test.step('interested, which takes no seat and is taken back', async () => {
    const registration = vera.getByRole('complementary', { name: 'Registration' })
    await vera.getByRole('button', { name: 'I am interested' }).click()
    await expect(vera.getByRole('button', { name: 'You are interested (1)' })).toBeVisible()
    await expect(registration).toContainText('Last 5 seats')
    await expectAccessible(vera)
    await vera.reload()
    await vera.getByRole('button', { name: 'You are interested (1)' }).click()
    await expect(vera.getByRole('button', { name: 'I am interested' })).toBeVisible()
    await vera.getByRole('button', { name: 'I am interested' }).click()
    await expect(vera.getByRole('button', { name: 'You are interested (1)' })).toBeVisible()
  })

  await test.step('the organizer sees who', async () => {
    await olivia.goto(`/organize/${event.slug}/attendees`)
    await olivia.getByLabel('Show').selectOption('interested')
    await expect(olivia.getByRole('row').filter({ hasText: 'Vera Visitor' })).toContainText('Interested')
    await expectAccessible(olivia)
  })

  await test.step('going, and the name is seen by others only while its owner says so', async () => {
    for (const page of [vera, other]) {
      await page.getByRole('button', { name: 'Register' }).click()
      await expect(page.getByRole('heading', { name: 'You are going' })).toBeVisible()
    }
    const choice = vera.getByLabel('Others who come may see my name')
    await expect(choice).not.toBeChecked()
    expect(await seen()).toEqual([])
    await choice.click()
    await expect(choice).toBeChecked()
    await expectAccessible(vera)
    expect(await seen()).toEqual([{ name: 'Vera Visitor' }])
    await vera.reload()
    await expect(choice).toBeChecked()
    await choice.click()
    await expect(choice).not.toBeChecked()
    expect(await seen()).toEqual([])
  })
})
