import { expect, test } from 'vitest'
import type { EventDetail } from '../api/types'
import { headHtml } from './head-html'

const event = {
  title: 'An evening',
  description: '',
  startsAt: '2027-01-01T18:00:00.000Z',
  endsAt: '2027-01-01T20:00:00.000Z',
  status: 'open',
  organizer: { name: 'Ann' },
  can: {},
} as EventDetail
const head = (banner: EventDetail['banner']) =>
  headHtml(
    { title: 'An evening', canonical: '/e/an-evening', event: { ...event, banner } },
    'https://events.example.org',
    'n',
  )

test('whoever shares an event shares its banner: a JPEG at its full address, with what is to be seen on it', () => {
  const shown = head({
    alt: 'A "red" <door>',
    widths: [{ width: 480, url: '/files/a/480.webp' }],
    jpeg: '/files/a/480.jpg',
  })
  expect(shown).toContain('<meta property="og:image" content="https://events.example.org/files/a/480.jpg">')
  expect(shown).toContain('<meta property="og:image:alt" content="A &#34;red&#34; &#60;door&#62;">')
  expect(shown).toContain('content="summary_large_image"')
  const data = JSON.parse(/<script[^>]*>(.*)<\/script>/.exec(shown)![1]!) as { image: string[] }
  expect(data.image).toEqual(['https://events.example.org/files/a/480.jpg'])
})

test('without a banner no picture is promised', () => {
  expect(head(null)).not.toMatch(/og:image|"image"/)
})

test.each([
  [null, { price: 0, priceCurrency: 'EUR' }],
  [
    { amount: 1250, currency: 'GBP' },
    { price: '12.50', priceCurrency: 'GBP' },
  ],
  [
    { amount: 900, currency: 'JPY' },
    { price: '900', priceCurrency: 'JPY' },
  ],
])('search engines are told what a seat costs: %j', (price, offer) => {
  const can = { register: true } as EventDetail['can']
  const written = headHtml(
    { title: 'An evening', event: { ...event, banner: null, price, can } },
    'https://x.example',
    'n',
  )
  const data = JSON.parse(/<script[^>]*>(.*)<\/script>/.exec(written)![1]!) as { offers: object }
  expect(data.offers).toMatchObject(offer)
})
