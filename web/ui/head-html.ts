import type { EventDetail } from '../api/types'
import { plainText, titleOf, type PageHead } from './head'
import { decimal } from './money'

const html = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** JSON that cannot end the script element it stands in, nor break a line of one. */
export function scriptJson(value: unknown) {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The head of a server-rendered page: title, description, sharing, canonical address, structured data. */
export function headHtml(head: PageHead | undefined, origin: string, nonce: string) {
  const title = titleOf(head)
  const description = head?.description ?? 'Find events worth turning up for, and keep your place in line.'
  const lines = [
    `<title>${html(title)}</title>`,
    `<meta name="description" content="${html(description)}">`,
    `<meta property="og:site_name" content="Turnout">`,
    `<meta property="og:type" content="website">`,
    `<meta property="og:title" content="${html(head?.title ?? 'Turnout')}">`,
    `<meta property="og:description" content="${html(description)}">`,
    `<meta name="twitter:card" content="${head?.event?.banner ? 'summary_large_image' : 'summary'}">`,
  ]
  if (!head || head.hidden) lines.push('<meta name="robots" content="noindex">')
  if (head?.canonical) {
    const url = html(origin + head.canonical)
    lines.push(`<link rel="canonical" href="${url}">`, `<meta property="og:url" content="${url}">`)
  }
  if (head?.event?.banner) {
    // Who reads these reads no WebP, and knows not where the page came from.
    lines.push(
      `<meta property="og:image" content="${html(origin + head.event.banner.jpeg)}">`,
      `<meta property="og:image:alt" content="${html(head.event.banner.alt)}">`,
    )
  }
  if (head?.event) {
    const data = scriptJson(structuredData(head.event, origin, origin + (head.canonical ?? '')))
    lines.push(`<script type="application/ld+json" nonce="${html(nonce)}">${data}</script>`)
  }
  return lines.join('\n    ')
}

// What costs nothing costs nothing in any currency, but one has to be named.
function priceOf({ price }: EventDetail) {
  if (!price) return { price: 0, priceCurrency: 'EUR' }
  return { price: decimal(price), priceCurrency: price.currency }
}

function structuredData(event: EventDetail, origin: string, url: string) {
  const offer = event.can.register
    ? event.seatsLeft === 0
      ? 'https://schema.org/SoldOut'
      : 'https://schema.org/InStock'
    : undefined
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.title,
    url,
    description: plainText(event.description, 500) || undefined,
    image: event.banner ? [origin + event.banner.jpeg] : undefined,
    startDate: event.startsAt,
    endDate: event.endsAt,
    eventStatus: `https://schema.org/Event${event.status === 'cancelled' ? 'Cancelled' : 'Scheduled'}`,
    location: event.venue
      ? { '@type': 'Place', name: event.venue.name, address: event.venue.address || undefined }
      : event.place
        ? { '@type': 'Place', name: event.place, address: event.place }
        : undefined,
    organizer: { '@type': 'Organization', name: event.organizer.name },
    maximumAttendeeCapacity: event.capacity ?? undefined,
    remainingAttendeeCapacity: event.seatsLeft ?? undefined,
    offers: offer && { '@type': 'Offer', ...priceOf(event), availability: offer, url },
  }
}
