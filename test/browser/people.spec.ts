import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { accountLetters } from '#notifications/templates/account'
import { secondFactorLetters } from '#notifications/templates/second-factor'
import { teamLetters } from '#notifications/templates/team'
import { english } from '#notifications/templates/words/english'
import { startOpenId } from '../kit/openid.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, openMail, signUp, test, unique } from './visitor.ts'

const PASSWORD = 'a kettle on a quiet stove'

test('somebody signs up, makes their account safe, and comes in by every way', async ({ newVisitor, baseURL }) => {
  test.slow()
  const provider = await startOpenId([`${baseURL}/auth/openid/callback`], Number(new URL(baseURL!).port) + 2)
  const page = await newVisitor()
  const username = unique('paula').replace(' ', '.')
  const email = `${username}@example.org`
  let secret = ''
  let recoveryCodes: string[] = []
  // Each code works once, so the second is of the half minute to come, which is taken as well.
  const code = (later = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later * 30_000 })

  try {
    await test.step('signs up and confirms the address by the mail', async () => {
      await page.goto('/signup')
      await page.getByLabel('Username').fill(username)
      await page.getByLabel('E-mail').fill(email)
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByLabel('First name').fill('Paula')
      await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click()
      await page.getByRole('banner').getByRole('link', { name: 'Paula' }).click()
      await expect(part(page, 'E-mail')).toContainText('Not confirmed yet')
      await expectAccessible(page)
      await shot(page, 'account-new')
      const link = await linkInMail(page, 'Is this your address?', email, /\/verify\//)
      await expect(link.getByRole('heading', { level: 1 })).toHaveText('Is this your address?')
      await link.reload()
      await expectAccessible(link)
      await shot(link, 'verify')
      await link.getByRole('button', { name: 'Yes, it is mine' }).click()
      await expect(link.getByRole('heading', { level: 1 })).toHaveText('It is yours')
      await expectAccessible(link)
      await link.close()
      await page.goto('/account')
      await expect(part(page, 'E-mail')).toContainText('Confirmed.')
    })

    await test.step('says who they are and how they like it', async () => {
      await part(page, 'Profile').getByLabel('Last name').fill('Pan')
      await part(page, 'Profile').getByLabel('About you').fill('I come for the music.')
      await part(page, 'Profile').getByRole('button', { name: 'Save the profile' }).click()
      await expect(page.getByRole('banner').getByRole('link', { name: 'Paula Pan' })).toBeVisible()
      await part(page, 'Preferences').getByLabel('Show me to others who are going').click()
      await part(page, 'Preferences').getByLabel('Time zone').fill('Europe/Lisbon')
      const liked = part(page, 'Preferences')
        .getByRole('group', { name: 'Kinds of event you like' })
        .getByRole('checkbox')
      const changes = part(page, 'Preferences').getByRole('group', { name: 'Changes of what you go to' })
      const reminders = part(page, 'Preferences').getByRole('group', { name: 'Reminders before what you go to' })
      await liked.first().check()
      await expect(changes.getByLabel('By e-mail')).toBeChecked() // every way, until they say otherwise
      await reminders.getByLabel('By e-mail').uncheck()
      await expectAccessible(page)
      await part(page, 'Preferences').getByRole('button', { name: 'Save the preferences' }).click()
      await expect(status(page, 'Your preferences are saved.')).toBeVisible()
      await page.reload()
      await expect(part(page, 'Profile').getByLabel('About you')).toHaveValue('I come for the music.')
      await expect(part(page, 'Preferences').getByLabel('Time zone')).toHaveValue('Europe/Lisbon')
      await expect(liked.first()).toBeChecked()
      await expect(liked.nth(1)).not.toBeChecked()
      await expect(changes.getByLabel('By e-mail')).toBeChecked()
      await expect(reminders.getByLabel('By e-mail')).not.toBeChecked()
    })

    await test.step('turns two-factor on', async () => {
      const twoFactor = part(page, 'Two-factor')
      await twoFactor.getByRole('button', { name: 'Turn on two-factor' }).click()
      await expect(twoFactor.getByRole('img')).toBeVisible()
      await expectAccessible(page)
      await shot(page, 'two-factor-setting-up')
      secret = (
        await twoFactor.getByText('Secret', { exact: true }).locator('..').getByRole('code').innerText()
      ).replaceAll(' ', '')
      await twoFactor.getByLabel('Code of your app').fill(code())
      await twoFactor.getByRole('button', { name: 'Confirm' }).click()
      await expect(twoFactor.getByText('Your recovery codes')).toBeVisible()
      await expectAccessible(page)
      await shot(page, 'recovery-codes')
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        twoFactor.getByRole('link', { name: 'Download' }).click(),
      ])
      recoveryCodes = (await readFile(await download.path(), 'utf8')).trim().split('\n')
      expect(recoveryCodes).toHaveLength(10)
      await twoFactor.getByRole('button', { name: 'I have saved it' }).click()
      await expect(twoFactor).toContainText('You have 10 recovery codes left')
    })

    await test.step('logs out, and in again with a code', async () => {
      await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('banner').getByRole('link', { name: 'Log in' }).click()
      await expectAccessible(page)
      await shot(page, 'login')
      await page.getByLabel('Username or e-mail').fill(username)
      await page.getByLabel('Password').fill(PASSWORD)
      await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
      await expect(page.getByLabel('Code of your app')).toBeVisible()
      await expectAccessible(page)
      await shot(page, 'login-code')
      await page.getByLabel('Code of your app').fill(code(1))
      await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('My registrations')
    })

    await test.step('links a provider and comes in by it', async () => {
      provider.people.set('paula-there', { email, email_verified: true, preferred_username: 'Paula there' })
      await page.goto('/account')
      await page.setExtraHTTPHeaders({ 'x-subject': 'paula-there' }) // who the provider takes them for
      await part(page, 'Ways in').getByRole('button', { name: 'Link Town ID' }).click()
      await expect(part(page, 'Ways in').getByRole('button', { name: 'Unlink Town ID' })).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click()
      await page.goto('/login?next=/account')
      await page.getByRole('link', { name: 'Log in with Town ID' }).click()
      await page.getByLabel('Code of your app').fill(recoveryCodes[0]!)
      await page.getByRole('main').getByRole('button', { name: 'Log in' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account')
      await expect(part(page, 'Two-factor')).toContainText('You have 9 recovery codes left')
      await page.setExtraHTTPHeaders({})
    })

    await test.step('sees where they are logged in, and logs out there', async () => {
      const elsewhere = await newVisitor({ viewport: { width: 360, height: 780 }, colorScheme: 'dark' })
      await elsewhere.goto('/login?next=/account')
      await elsewhere.getByLabel('Username or e-mail').fill(email)
      await elsewhere.getByLabel('Password').fill(PASSWORD)
      await elsewhere.getByRole('main').getByRole('button', { name: 'Log in' }).click()
      await elsewhere.getByLabel('Code of your app').fill(recoveryCodes[1]!)
      await elsewhere.getByRole('main').getByRole('button', { name: 'Log in' }).click()
      await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText('Your account')
      await expectAccessible(elsewhere)
      await expectNoSidewaysScroll(elsewhere)
      await shot(elsewhere, 'account-phone-dark')
      await page.reload()
      const sessions = part(page, 'Where you are logged in')
      await expect(sessions.getByRole('listitem')).toHaveCount(2)
      await expect(sessions.getByText('You are here')).toHaveCount(1)
      await shot(page, 'account-light')
      await sessions.getByRole('button', { name: 'Log out there' }).click()
      await expect(sessions.getByRole('listitem')).toHaveCount(1)
      await elsewhere.goto('/account')
      await expect(elsewhere).toHaveURL(/\/login/)
    })

    await test.step('makes a key for a program and revokes it', async () => {
      const keys = part(page, 'API keys')
      await keys.getByText('Make a key').click()
      await keys.getByLabel('What it is for').fill('The door')
      await keys.getByRole('button', { name: 'Make the key' }).click()
      await expect(keys.getByText('Choose at least one.')).toBeVisible()
      await keys.getByLabel('Let people in at the door').check()
      await expectAccessible(page)
      await keys.getByRole('button', { name: 'Make the key' }).click()
      await expect(keys.getByText('The key “The door”')).toBeVisible()
      await expectAccessible(page)
      await shot(page, 'api-key')
      await keys.getByRole('button', { name: 'I have saved it' }).click()
      await keys.getByRole('button', { name: 'Revoke The door' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke it' }).click()
      await expect(keys.getByRole('listitem')).toHaveCount(0)
    })

    await test.step('turns two-factor off again', async () => {
      await part(page, 'Two-factor').getByRole('button', { name: 'Turn off two-factor' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Turn it off' }).click()
      await expect(part(page, 'Two-factor')).toContainText('It is off.')
    })
  } finally {
    await provider.stop()
  }
})

test('who forgot the password chooses another by the mail', async ({ newVisitor }) => {
  const page = await newVisitor({ viewport: { width: 360, height: 780 } })
  await page.goto('/')
  const { username, email } = await signUp(page)
  await page.request.delete('/api/v1/sessions/current', { headers: { origin: new URL(page.url()).origin } })
  await page.goto('/login')
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  await shot(page, 'login-phone')
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Forgot your password?')
  await expectAccessible(page)
  await shot(page, 'forgot-phone')
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send me the link' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Look into your mail')
  await expectAccessible(page)
  const link = await linkInMail(page, 'A new password', email, /\/reset\//)
  await expect(link.getByRole('heading', { level: 1 })).toHaveText('Choose a new password')
  await expectAccessible(link)
  await expectNoSidewaysScroll(link)
  await shot(link, 'reset-phone')
  await link.getByLabel('New password').fill('another kettle altogether')
  await link.getByRole('button', { name: 'Save it' }).click()
  await link.getByRole('link', { name: 'Log in with it' }).click()
  await link.getByLabel('Username or e-mail').fill(username)
  await link.getByLabel('Password').fill('another kettle altogether')
  await link.getByRole('main').getByRole('button', { name: 'Log in' }).click()
  await expect(link.getByRole('heading', { level: 1 })).toHaveText('My registrations')
})

test('every link in a mail about an account opens a page', async ({ request, baseURL }) => {
  const notice = { words: {} } as never
  const letters = Object.values({ ...accountLetters, ...secondFactorLetters, ...teamLetters })
  const links = new Set<string>()
  for (const write of letters) {
    const { button, asides = [] } = write(notice, { baseUrl: baseURL!, token: 'any', code: '' }, english)
    for (const link of [button, ...asides]) if (link) links.add(link.href)
  }
  links.delete(`${baseURL}/team/any`) // there is no page of an invitation that does not exist; another test follows it
  expect(links.size).toBeGreaterThan(5)
  for (const link of links) expect((await request.get(link)).status(), link).toBe(200)
})

test('a link that is spent says so, and how to get another', async ({ browser }) => {
  const page = await browser.newPage() // the refusal is no complaint
  await page.goto('/reset/spent')
  await page.getByLabel('New password').fill('another kettle altogether')
  await page.getByRole('button', { name: 'Save it' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is not good any more')
  await page.getByRole('link', { name: 'Send me another link' }).click()
  await expect(page).toHaveURL('/forgot')
  await page.goto('/verify/spent')
  await page.getByRole('button', { name: 'Yes, it is mine' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is not good any more')
  await expectAccessible(page)
  await page.close()
})

test('what could take an account away asks first whether it is you', async ({ browser }) => {
  const page = await browser.newPage() // the refusals are no complaints
  await page.goto('/')
  await signUp(page)
  // Ten minutes later, as far as the first answer goes.
  const refusal = { type: '/problems/accounts/proof-required', title: 'Prove it', status: 403, needs: ['password'] }
  await page.route(
    '**/api/v1/me/two-factor/enrolment',
    (route) => route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(refusal) }),
    { times: 2 },
  )
  await page.goto('/account')
  const twoFactor = part(page, 'Two-factor')
  const dialog = page.getByRole('dialog', { name: 'Is it you?' })
  await twoFactor.getByRole('button', { name: 'Turn on two-factor' }).click()
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await expect(twoFactor.getByRole('alert')).toContainText('Nothing was changed')
  await twoFactor.getByRole('button', { name: 'Turn on two-factor' }).click()
  await dialog.getByLabel('Your password').fill('not my password')
  await dialog.getByRole('button', { name: 'It is me' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Try again')
  await expectAccessible(page)
  await shot(page, 'proof')
  await dialog.getByLabel('Your password').fill(PASSWORD)
  await dialog.getByRole('button', { name: 'It is me' }).click()
  await expect(dialog).toBeHidden()
  await expect(twoFactor.getByRole('img')).toBeVisible()
  await page.close()
})

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const status = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text })

async function linkInMail(page: Page, subject: string, to: string, address: RegExp) {
  await openMail(page, subject, to)
  const opened = page.waitForEvent('popup')
  await page.locator('pre').getByRole('link', { name: address }).click()
  return opened
}

/** Where PEOPLE_SHOTS names a folder. */
async function shot(page: Page, name: string) {
  const folder = process.env['PEOPLE_SHOTS']
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
