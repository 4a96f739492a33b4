import { describe, expect, test } from 'vitest'
import { isId, newId } from '#kernel/ids'
import { withoutSecrets } from '#kernel/log'
import { comparable, escapeHtml, slugify } from '#kernel/text'

describe('words for an address line', () => {
  test.each([
    ['Rust for the rest of us', 'rust-for-the-rest-of-us'],
    ['  Hello,   World!  ', 'hello-world'],
    ['Café Zürich', 'cafe-zurich'],
    ['Straße', 'strasse'],
    ['Ærø Łódź', 'aero-lodz'],
    ['Cœur STRAẞE Þórr Ðalur ﬁne ǽ', 'coeur-strasse-thorr-dalur-fine-ae'],
    ['ＦＵＬＬ　ｗｉｄｔｈ ½', 'full-width-1-2'],
    ['日本語', ''],
    ['🎉', ''],
    ['---', ''],
    ['../../etc/passwd', 'etc-passwd'],
    ["<script>alert('1')</script>", 'script-alert-1-script'],
    ['a\r\nb', 'a-b'],
  ])('%j', (text, slug) => expect(slugify(text)).toBe(slug))

  test('are never longer than asked for, nor end in a hyphen', () => {
    expect(slugify('a '.repeat(200))).toMatch(/^(a-){39}a$/)
    expect(slugify('ab cd', 3)).toBe('ab')
    expect(slugify('ﷺ'.repeat(200)).length).toBeLessThanOrEqual(80)
  })

  test('take no time, whatever is written', () => {
    const begun = performance.now()
    for (const text of ['-'.repeat(100_000), ' a'.repeat(50_000), '\u0301'.repeat(100_000)]) slugify(text)
    expect(performance.now() - begun).toBeLessThan(1_000)
  })
})

describe('two spellings', () => {
  test.each([
    ['Main Hall', ' MAIN HALL '],
    ['Café', 'Cafe\u0301'],
    ['Ｈａｌｌ', 'hall'],
    ['ﬁne', 'FINE'],
    ['rust', 'ru\u200bst'],
    ['rust', '\ufeffrust\u00ad'],
    ['№ 5', 'No 5'],
    ['ann@X.org', 'Ann@x.ORG'],
  ])('%j and %j are one', (a, b) => expect(comparable(a)).toBe(comparable(b)))
  test.each([
    ['Cafe', 'Café'],
    ['a b', 'ab'],
    ['l', '1'],
  ])('%j and %j are two', (a, b) => expect(comparable(a)).not.toBe(comparable(b)))
})

test('what HTML reads as markup is made harmless', () => {
  expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe(
    '&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;&#38;amp;&#60;/a&#62;',
  )
})

describe('ids', () => {
  test('are UUIDs of version 7, each its own, later ones after earlier ones', async () => {
    const ids = Array.from({ length: 1_000 }, newId)
    expect(new Set(ids).size).toBe(1_000)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(newId() > ids[0]!).toBe(true)
  })

  test.each(['', '1', 'x'.repeat(36), `${newId()} `, `{${newId()}}`, newId().replaceAll('-', ''), `${newId()}\n`])(
    '%j is none',
    (text) => expect(isId(text)).toBe(false),
  )
})

test.each([
  ['/api/v1/guest-links/01a1.c2lnbmVk/cancellation', '/api/v1/guest-links/[redacted]/cancellation'],
  ['/api/v1/calendars/mine/01a1.c2lnbmVk.ics?a', '/api/v1/calendars/mine/[redacted]?a'],
  ['/r/01a1.c2lnbmVk?x=1', '/r/[redacted]?x=1'],
  ['/verify?token=abc&x=1', '/verify?token=[redacted]&x=1'],
  ['/api/v1/events/01a1?invitation=01a1.c2ln&x=1', '/api/v1/events/01a1?invitation=[redacted]&x=1'],
  ['/e/choir?x=1&invitation=01a1.c2ln', '/e/choir?x=1&invitation=[redacted]'],
  ['/e/choir?%69nvitation=01a1.c2ln', '/e/choir?%69nvitation=[redacted]'],
  ['/api/v1/events?text=key', '/api/v1/events?text=key'],
])('the log keeps %j as %j', (url, logged) => expect(withoutSecrets(url)).toBe(logged))
