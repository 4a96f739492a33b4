// Takes docs/pictures/*.png of a running `npm start`, by hand: `npx tsx scripts/pictures.ts [http://localhost:8000]`.
// They get small where pngquant and optipng are installed.
import { execFileSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type BrowserContextOptions } from '@playwright/test'
import { projectFolder } from '#kernel/project-folder'
import playwright from '../playwright.config.ts'

const address = process.argv[2] ?? 'http://localhost:8000'
const folder = join(projectFolder, 'docs/pictures')
mkdirSync(folder, { recursive: true })

const visitor: BrowserContextOptions = { locale: 'en-GB', timezoneId: 'Europe/Berlin' }
const desk: BrowserContextOptions = { ...visitor, viewport: { width: 1280, height: 960 } }
const phone: BrowserContextOptions = {
  ...visitor,
  viewport: { width: 360, height: 780 },
  colorScheme: 'dark',
  isMobile: true,
}
const browser = await chromium.launch(playwright.use?.launchOptions)
const anybody = await browser.newContext(desk)
const somebody = await browser.newContext(phone)
const olivia = await browser.newContext(desk)
await olivia.request.post(`${address}/api/v1/web-sessions`, {
  data: { username: 'olivia', password: 'seven tulips at noon' },
  headers: { origin: address },
})

await take(anybody, 'browse', '/')
await take(anybody, 'event', '/e/an-evening-of-borrowed-cellos')
await take(somebody, 'phone', '/')

// Nearly full among the examples: three more, and there is a line to be seen. Who is on it already is refused.
const answer = await anybody.request.get(`${address}/api/v1/events/bookbinding-for-beginners-your-first-coptic-stitch`)
const { id } = (await answer.json()) as { id: string }
for (const name of ['Ingrid Falk', 'Moses Adjei', 'Paloma Reyes']) {
  const email = `${name.toLowerCase().replace(' ', '.')}@example.org`
  await anybody.request.post(`${address}/api/v1/events/${id}/registrations`, { data: { name, email } })
}
await take(olivia, 'attendees', `/organize/${id}/attendees`)
await take(olivia, 'edit', `/organize/${id}/edit`)
await browser.close()

async function take(context: typeof anybody, name: string, path: string) {
  const page = await context.newPage()
  await page.goto(address + path, { waitUntil: 'networkidle' })
  const file = join(folder, `${name}.png`)
  await page.screenshot({ path: file, animations: 'disabled' })
  await page.close()
  optimise('pngquant', ['--force', '--skip-if-larger', '--quality', '70-95', '--strip', '--output', file, file])
  optimise('optipng', ['-quiet', '-o4', file])
  console.log(`${name}.png ${Math.round(statSync(file).size / 1000)} kB`)
}

function optimise(program: string, args: string[]) {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
  } catch {
    console.warn(`${program} is not installed or could not make it smaller`)
  }
}
