import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aTicketmasterEvent, startTicketmaster } from '../kit/providers.ts'
import { startDemo, usualPort } from './demo-server.ts'
import { blocksOf, examplesOf, moveDates } from './documents.ts'
import { runDocument, type Ran } from './run-documents.ts'

// The documents of the systems that programs were written for, where they are at hand: SEED_DOCUMENTS names their folder.

const DOCUMENTS = process.env.SEED_DOCUMENTS

/** How many examples each has, so that none is lost on the way. */
const EXAMPLES: Record<string, number> = { '000': 9, '001': 7, '002': 27, '003': 17, '004': 6 }

const testWithDocuments = DOCUMENTS ? test : () => {} // and is no test at all in a clone without them

// prettier-ignore
// S0-15 S0-16 S0-20 S0-23 S0-25 S0-26 S0-27 S0-28 S0-29 S0-30 S0-31 S0-32 S1-63 S1-64 S1-65 S1-66 S1-67 S1-68 S1-69 S1-74 S2-12 S2-14 S2-16 S2-17 S2-18 S2-19 S2-21 S2-23 S2-24 S2-25 S2-26 S2-27 S2-28 S2-29 S2-30 S2-35 S2-37 S2-39 S2-40 S2-41 S2-42 S2-53 S3-38 S3-49 S3-50 S3-51 S3-52 S3-53 S3-54 S3-55 S3-56 S3-57 S3-58 S3-59 S3-60 S3-61 S3-62 S3-63 S3-64 S4-04 S4-05 S4-06 S4-07 S4-08 S4-09
testWithDocuments('every example of the documents ends as its document says', async () => {
  // Their document has a key for a provider of events in its settings.
  const ticketmaster = await startTicketmaster()
  ticketmaster.events.push(aTicketmasterEvent('elsewhere1', 'Concert in the yard'))
  const server = await startDemo(await usualPort(), {
    TICKETMASTER_URL: ticketmaster.url,
    TICKETMASTER_API_KEY: ticketmaster.key,
  })
  try {
    const wrong: Ran[] = []
    const lines: string[] = []
    for (const file of readdirSync(DOCUMENTS!).filter((name) => /^\d{3}_.*\.(txt|md)$/.test(name)).sort()) {
      const document = file.slice(0, 3)
      const { ran, changes, leftOut } = await runDocument(document, readFileSync(join(DOCUMENTS!, file), 'utf8'), server.home)
      expect(new Set(ran.map(({ example }) => example)).size, document).toBe(EXAMPLES[document])
      for (const each of ran) {
        lines.push(`${document} #${each.example} ${each.request} ${each.status}`)
        if (each.said ? each.status !== each.said : each.status < 200 || each.status > 299) wrong.push(each)
      }
      lines.push(...changes.map((change) => `  changed ${change}`))
      if (leftOut.length > 0) lines.push(`  left out of ${document}: ${[...new Set(leftOut)].join(', ')}`)
    }
    console.log(lines.join('\n'))
    expect(wrong).toEqual([])
  } finally {
    await server.stop()
    await ticketmaster.stop()
  }
}, 280_000)

const MADE_UP = `
# Toaster
Open http://localhost:8000/crumbs first.
   \`\`\`
   import requests
   requests.get("http://localhost:8000/toast")
   \`\`\`
\`\`\`bash
curl http://localhost:8000/toast/<event_id>
\`\`\`
\`\`\`bash
pip install toaster
\`\`\`
#### Toast
- **Endpoint**: \`POST /toast/\`
- **Authentication**: Required
- **Request Body**:
\`\`\`json
{ "bread": "rye" }
\`\`\`
- **Success Response** (201 Created):
\`\`\`json
{ "id": 1 }
\`\`\`
\`\`\`bash
DELETE: http://localhost:8000/toast?id=1 -> eat it
\`\`\`
| \`/jam/\` | GET, POST | Jam | Open | ?kind=plum, Body: {kind, sorts: [1,2]} |
`

test('examples are found in their order, and what asks nothing is left out', () => {
  const { examples, leftOut } = examplesOf(MADE_UP)
  expect(examples.map(({ at: _at, ...example }) => example)).toEqual([
    { kind: 'http', method: 'GET', path: '/crumbs' },
    { kind: 'python', code: 'import requests\nrequests.get("http://localhost:8000/toast")\n' },
    { kind: 'curl', code: 'curl http://localhost:8000/toast/<event_id>\n' },
    { kind: 'http', method: 'POST', path: '/toast/', isLoggedIn: true, isSameBody: false, body: { bread: 'rye' }, status: 201 }, // prettier-ignore
    { kind: 'http', method: 'DELETE', path: '/toast?id=1' },
    { kind: 'http', method: 'GET', path: '/jam/?kind=plum', isLoggedIn: false },
    { kind: 'http', method: 'POST', path: '/jam/', isLoggedIn: false, body: { kind: '<value>', sorts: [1, 2] } },
  ])
  expect(leftOut).toEqual(['pip', 'json', 'json'])
  expect(blocksOf(MADE_UP)).toHaveLength(6)
})

test('days that have passed are moved by years, and each is told of', () => {
  const changes: string[] = []
  const moved = moveDates('2024-07-20T14:00:00Z 01.13.2026 2099-01-01 2024-02-29', '2026-03-01', (change) =>
    changes.push(change),
  )
  expect(moved).toBe('2026-07-20T14:00:00Z 01.13.2027 2099-01-01 2028-02-29')
  expect(changes).toEqual(['2024-07-20 → 2026-07-20', '01.13.2026 → 01.13.2027', '2024-02-29 → 2028-02-29'])
})
