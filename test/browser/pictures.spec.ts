import { expect, expectAccessible, logIn, OLIVIA, publishEvent, test, unique } from './visitor.ts'

/** A little picture, drawn by the browser itself. */
const drawn = (colour: string) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 400 })
  const pen = canvas.getContext('2d')!
  pen.fillStyle = colour
  pen.fillRect(0, 0, 900, 400)
  return canvas.toDataURL('image/png').split(',')[1]!
}

test('an organizer hangs a banner, everybody sees it, and it goes again', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  const event = await publishEvent(olivia, { title: unique('A night of colours') })
  const picture = Buffer.from(await olivia.evaluate(drawn, 'teal'), 'base64')
  const editor = olivia.getByRole('form', { name: 'Banner' })

  await olivia.goto(`/organize/${event.id}/edit`)
  await editor.getByLabel('Picture').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: picture })
  const preview = editor.getByAltText('The picture you chose')
  await expect.poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(900)
  await expectAccessible(olivia)
  await editor.getByLabel('What is on it').fill('All teal')
  await editor.getByRole('button', { name: 'Save the banner' }).click()
  await expect(editor.getByAltText('All teal')).toBeVisible()

  const anybody = await newVisitor()
  const html = await (await anybody.goto(`/e/${event.slug}`))!.text()
  expect(html).toMatch(/property="og:image" content="http:\/\/[^"]+\/files\/[0-9a-f]{32}\/\d+\.jpg"/)
  const banner = anybody.getByAltText('All teal')
  await expect.poll(() => banner.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await expectAccessible(anybody)

  await editor.getByRole('button', { name: 'Remove the banner' }).click()
  await olivia.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click()
  await expect(editor.getByAltText('All teal')).toHaveCount(0)
  await anybody.reload()
  await expect(banner).toHaveCount(0)
})

test('a person has a picture', async ({ newVisitor }) => {
  const olivia = await newVisitor()
  await olivia.goto('/')
  await logIn(olivia, OLIVIA)
  await olivia.goto('/account')
  const picture = Buffer.from(await olivia.evaluate(drawn, 'crimson'), 'base64')
  await olivia.getByLabel('A picture of you').setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: picture })
  await olivia.getByRole('button', { name: 'Save the picture' }).click()
  const mine = olivia.getByRole('main').getByAltText('Your picture')
  await expect.poll(() => mine.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  await expectAccessible(olivia)
  await olivia.getByRole('button', { name: 'Remove the picture' }).click()
  await olivia.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click()
  await expect(mine).toHaveCount(0)
})
