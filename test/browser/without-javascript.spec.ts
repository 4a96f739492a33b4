import { daysFromNow, expect, logIn, OLIVIA, publishEvent, test, unique } from './visitor.ts'

const script = '</script><script>document.title = "mine"</script>'

test.describe('without JavaScript', () => {
  // S3-06
  test('an event is there to be read, by people and by machines', async ({ newVisitor }) => {
    const organizer = await newVisitor()
    await organizer.goto('/')
    await logIn(organizer, OLIVIA)
    const title = unique('Ferns & "moss"')
    const event = await publishEvent(organizer, {
      title,
      startsAt: '2031-05-09T17:30:00Z',
      endsAt: '2031-05-09T20:00:00Z',
      place: `The glasshouse ${script}`,
      description: `Bring **rubber boots**. ${script}`,
      capacity: 12,
    })

    const page = await newVisitor({ javaScriptEnabled: false })
    await page.goto(`/e/${event.slug}`)
    await expect(page).toHaveTitle(`${title} · Turnout`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
    const main = page.getByRole('main')
    await expect(main).toContainText('Friday 9 May 2031')
    await expect(main).toContainText('19:30–22:00, Berlin time')
    await expect(main).toContainText('The glasshouse')
    await expect(main.getByText('rubber boots')).toHaveJSProperty('tagName', 'STRONG')
    await expect(main).toContainText('12 of 12 seats left')

    const html = await (await page.request.get(`/e/${event.slug}`)).text()
    expect(html).toMatch(/<noscript>[^]*Registering needs JavaScript/)
    expect(html).not.toContain('<script>document.title')
    const [, json] = /<script type="application\/ld\+json"[^>]*>(.*?)<\/script>/s.exec(html) ?? []
    expect(JSON.parse(json ?? '')).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: title,
      startDate: '2031-05-09T17:30:00.000Z',
      endDate: '2031-05-09T20:00:00.000Z',
      eventStatus: 'https://schema.org/EventScheduled',
      location: { '@type': 'Place', name: `The glasshouse ${script}` },
      organizer: { name: 'Olivia Brandt' },
      maximumAttendeeCapacity: 12,
      remainingAttendeeCapacity: 12,
      offers: { availability: 'https://schema.org/InStock' },
    })

    const said = (property: string) => page.locator(`meta[property="${property}"]`)
    await expect(said('og:title')).toHaveAttribute('content', title)
    await expect(said('og:description')).toHaveAttribute('content', /^Bring rubber boots\./)
    await expect(said('og:url')).toHaveAttribute('content', new RegExp(`/e/${event.slug}$`))
    await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', new RegExp(`/e/${event.slug}$`))
  })

  test('a page that is not there is a page, what the API refuses is none', async ({ newVisitor }) => {
    const { request } = await newVisitor({ javaScriptEnabled: false })
    const asked = async (method: string, path: string) => {
      const answer = await request.fetch(path, { method })
      return [answer.status(), answer.headers()['content-type'], answer.headers()['allow']]
    }
    expect(await asked('GET', '/nothing')).toEqual([404, 'text/html; charset=utf-8', undefined])
    expect(await asked('DELETE', '/nothing')).toEqual([404, 'application/problem+json', undefined])
    expect(await asked('GET', '/api/v1/nothing')).toEqual([404, 'application/problem+json', undefined])
    expect(await asked('GET', '/api/v1/web-sessions')).toEqual([405, 'application/problem+json', 'POST'])
  })

  test('the search form finds, and on a phone its filters fold out', async ({ newVisitor }) => {
    const page = await newVisitor({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } })
    await page.goto('/')
    await page.getByRole('searchbox', { name: 'Search events' }).fill('cellos')
    await page.getByRole('button', { name: 'Search' }).click()
    await expect(page).toHaveURL(/[?&]text=cellos/)
    await expect(page.getByRole('link', { name: 'An evening of borrowed cellos' })).toBeVisible()
    await expect(page.getByLabel('Category')).toBeHidden()

    await page.getByText('Filters', { exact: true }).click()
    await page.getByLabel('From').fill(daysFromNow(400).slice(0, 10))
    await page.getByRole('button', { name: 'Apply' }).click()
    await expect(page.getByRole('heading', { name: 'Nothing matches, yet' })).toBeVisible()
    await expect(page.getByLabel('From')).toBeVisible() // what narrows the list is in sight
    await page.getByRole('link', { name: 'Clear all filters' }).click()
    await expect(page.getByRole('article')).toHaveCount(18)

    await page.getByRole('link', { name: 'Show more events' }).click()
    await expect(page).toHaveURL(/cursor=/)
    await expect(page.getByRole('article').first()).toBeVisible()
  })
})
