import {
  daysFromNow,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  logIn,
  OLIVIA,
  openMail,
  publishEvent,
  signUp,
  test,
  unique,
} from './visitor.ts'

// S3-27 S4-24
test('anybody asks to be reminded of an event, by mail where the browser cannot, and ends it by the link', async ({
  newVisitor,
}) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const title = unique('Kites over the harbour')
  const event = await publishEvent(olivia, { title, startsAt: daysFromNow(1.1), endsAt: daysFromNow(1.2) })
  const email = `${unique('nora').replace(' ', '.')}@example.org`

  const page = await newVisitor({ viewport: { width: 360, height: 780 } })
  await page.goto(`/e/${event.slug}`)
  const part = page.getByRole('region', { name: 'Reminder' })
  await expect(part.getByRole('button', { name: 'Remind me' })).toBeVisible()
  await expectAccessible(page)
  await part.getByRole('button', { name: 'Remind me' }).click()
  await expect(part.getByLabel('Where shall we write to?')).toBeFocused()
  await expectNoSidewaysScroll(page)
  await expectAccessible(page)
  await part.getByLabel('Where shall we write to?').fill(email)
  await part.getByRole('button', { name: 'Remind me by mail' }).click()
  await expect(part.getByText('We have written to you.')).toBeVisible()

  await openMail(page, `You follow: ${title}`, email)
  const opened = page.waitForEvent('popup')
  await page.locator('pre').getByRole('link', { name: /\/s\// }).click()
  const link = await opened
  await expect(link.getByRole('heading', { level: 1 })).toHaveText('Hear no more of it?')
  await expectAccessible(link)
  await link.getByRole('button', { name: 'Write to me no more about it' }).click()
  await expect(link.getByRole('heading', { level: 1 })).toHaveText('You hear no more of it')
  await expectAccessible(link)
})

test('whoever is logged in is reminded by account, sees it there, and ends it with the same button', async ({
  newVisitor,
}) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const title = unique('Kites in the park')
  const event = await publishEvent(olivia, { title, startsAt: daysFromNow(2), endsAt: daysFromNow(2.1) })

  const page = await newVisitor()
  await page.goto('/')
  await signUp(page)
  await page.goto(`/e/${event.slug}`)
  const part = page.getByRole('region', { name: 'Reminder' })
  await part.getByRole('button', { name: 'Remind me' }).click()
  await expect(part.getByRole('button', { name: 'No reminder after all' })).toBeVisible()
  await page.goto('/account#following')
  await expect(page.getByRole('link', { name: title })).toBeVisible()
  await expectAccessible(page)
  await page.goto(`/e/${event.slug}`)
  await part.getByRole('button', { name: 'No reminder after all' }).click()
  await expect(part.getByRole('button', { name: 'Remind me' })).toBeVisible()
  await page.goto('/account#following')
  await expect(page.getByText('“Remind me” on an event’s page puts it here')).toBeVisible()
})

test('what is pushed to the service worker is shown', async ({ newVisitor }) => {
  const page = await newVisitor()
  await page.context().grantPermissions(['notifications'])
  const answer = await page.request.get('/sw.js')
  expect(answer.headers()).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'no-cache',
  })
  await page.goto('/')
  const origin = new URL(page.url()).origin
  const cdp = await page.context().newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${origin}/`)
      if (ours) resolve(ours.registrationId)
    })
  })
  await cdp.send('ServiceWorker.enable')
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js')
    await navigator.serviceWorker.ready
  })
  const said = { title: 'Reminder: Kites', body: 'It begins soon.', url: `${origin}/e/kites`, tag: 'kites' }
  await cdp.send('ServiceWorker.deliverPushMessage', {
    origin,
    registrationId: await registered,
    data: JSON.stringify(said),
  })
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, data: data as unknown })) // prettier-ignore
    })
  await expect.poll(shown).toEqual([{ title: said.title, body: said.body, tag: said.tag, data: { url: said.url } }])
})

test('an organizer chooses when people are reminded', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const event = await publishEvent(olivia, { title: unique('Kites by choice'), reminderMinutes: [45] })
  await olivia.goto(`/organize/${event.id}/edit`)
  const boxes = olivia.getByRole('group', { name: 'Reminders' })
  await expect(boxes.getByLabel('45 minutes before')).toBeChecked()
  await expect(boxes.getByLabel('1 day before')).not.toBeChecked()
  await boxes.getByLabel('2 hours before').check()
  await boxes.getByLabel('45 minutes before').uncheck()
  await olivia.getByRole('button', { name: /Save/ }).click()
  await olivia.goto(`/organize/${event.id}/history`)
  await expect(olivia.getByText('2 hours before')).toBeVisible()
})
