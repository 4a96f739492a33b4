/** Where the pages find it. */
export const STYLESHEET_PATH = '/events_api/pages.css'

/** How far in JSON goes on the pages. */
export const DEEPEST = 6

/** The colours and shapes of the web app, in as much as these pages need. */
export const STYLESHEET = `
:root {
  --paper: #fffcf7; --card: #fff; --sunken: #f7f0ea; --ink: #221022; --soft: #665467; --line: #ece2e0; --edge: #94838f;
  --band: #31112f; --band-ink: #fff6ec; --band-soft: #dcc3d8; --accent: #ffb627; --cta: #5a1d55; --cta-ink: #fff; --link: #6d1f64;
  --ok: #17683f; --ok-soft: #e4f4ea; --danger: #b3261e; --danger-soft: #fdecea; --danger-ink: #fff; --number: #8a4b00;
  --shadow: 0 1px 2px rgb(49 17 47 / 6%), 0 8px 24px -8px rgb(49 17 47 / 14%);
  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'DejaVu Sans Mono', Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171017; --card: #221922; --sunken: #1c141c; --ink: #f4ebf2; --soft: #bfaebd; --line: #3a2d3a; --edge: #85738a;
    --cta: #ffb627; --cta-ink: #2a1029; --link: #ffc861; --ok: #7fdcab; --ok-soft: #16301f;
    --danger: #ff9d92; --danger-soft: #3b1a18; --danger-ink: #35100c; --number: #ffcb74;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 10px 28px -10px rgb(0 0 0 / 60%);
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink); font-size: 1.0625rem; line-height: 1.5; overflow-wrap: anywhere;
  font-family: 'Avenir Next', Avenir, 'Segoe UI Variable Display', 'Segoe UI', 'Helvetica Neue', Helvetica, Arial, system-ui, sans-serif;
}
h1, h2, p, ol, ul { margin: 0; padding: 0; }
h1 { font-size: clamp(1.75rem, 1.35rem + 2vw, 2.5rem); font-weight: 800; line-height: 1.12; letter-spacing: -0.022em; }
h2 { font-size: 1.25rem; font-weight: 800; letter-spacing: -0.015em; }
a { color: var(--link); text-underline-offset: 0.18em; }
:where(a, button, input, select, textarea, summary):focus-visible { outline: 3px solid var(--cta); outline-offset: 2px; }
.band { background: var(--band); color: var(--band-soft); }
.band > div, main { max-width: 62rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2rem); }
.band > div { display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.25rem; min-height: 3.5rem; }
.band a { color: var(--band-ink); display: inline-flex; align-items: center; min-height: 2.75rem; }
.band a:focus-visible { outline-color: var(--accent); }
.home { gap: 0.55rem; font-size: 1.25rem; font-weight: 800; letter-spacing: -0.04em; text-decoration: none; }
.home img { outline: 1px solid rgb(255 246 236 / 35%); border-radius: 7px; }
.who { margin-left: auto; font-size: 0.9375rem; }
main { padding-block: 1.25rem 4rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
.crumbs { list-style: none; display: flex; flex-wrap: wrap; font-size: 0.9375rem; color: var(--soft); }
.crumbs a { display: inline-flex; align-items: center; min-height: 2rem; }
.crumbs li + li::before { content: '/'; margin-inline: 0.5rem; color: var(--edge); }
.crumbs [aria-current] { color: var(--soft); text-decoration: none; }
.top { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: 1rem; }
.about { color: var(--soft); margin-top: 0.35rem; max-width: 44rem; text-wrap: pretty; }
.tools { display: flex; flex-wrap: wrap; gap: 0.5rem; }
button, .button, .menu > summary {
  display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; padding: 0 1.1rem; border-radius: 0.5rem;
  border: 1px solid var(--edge); background: var(--card); color: var(--ink); font: inherit; font-size: 0.9375rem; font-weight: 700;
  text-decoration: none; cursor: pointer; white-space: nowrap;
}
.button:hover, .menu > summary:hover { border-color: var(--ink); }
button { border-color: transparent; background: var(--cta); color: var(--cta-ink); }
button:hover { filter: brightness(1.12); }
button.danger { background: var(--danger); color: var(--danger-ink); }
.off { color: var(--soft); border-color: var(--line); background: none; cursor: default; }
.off:hover { border-color: var(--line); }
.menu { position: relative; }
.menu > summary { list-style: none; gap: 0.5rem; }
.menu > summary::-webkit-details-marker { display: none; }
.menu > summary::after { content: ''; border: 0.3em solid transparent; border-top-color: currentcolor; translate: 0 0.15em; }
.menu.danger > summary { color: var(--danger); border-color: var(--danger); }
.menu > :not(summary) {
  position: absolute; right: 0; top: calc(100% + 0.35rem); z-index: 10; min-width: 14rem; padding: 0.5rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 0.75rem; box-shadow: var(--shadow); list-style: none;
}
.menu form { padding: 1rem; display: grid; gap: 0.75rem; }
.menu li a { display: flex; align-items: center; min-height: 2.75rem; padding-inline: 0.75rem; border-radius: 0.5rem; text-decoration: none; font-weight: 650; }
.menu li a:hover { background: var(--sunken); }
.notice { padding: 0.75rem 1rem; border-radius: 0.75rem; background: var(--ok-soft); color: var(--ok); font-weight: 650; }
.notice a { color: inherit; }
.answer { border: 1px solid var(--line); border-radius: 0.9rem; background: var(--sunken); overflow: hidden; }
.answer > p { padding: 0.7rem 1.1rem; font-family: var(--mono); font-size: 0.875rem; }
.request { background: var(--card); border-bottom: 1px solid var(--line); }
.status { padding-bottom: 0 !important; }
.fine { color: var(--ok); }
.bad { color: var(--danger); }
.json { padding: 0.7rem 1.1rem 1.1rem; font-family: var(--mono); font-size: 0.875rem; line-height: 1.6; }
.json span { display: block; padding-left: calc(var(--depth) * 2em + 2em); text-indent: -2em; }
${Array.from({ length: DEEPEST + 1 }, (_, depth) => `.d${depth} { --depth: ${depth}; }`).join('\n')}
.json b { font-weight: inherit; color: var(--soft); }
.json i { font-style: inherit; color: var(--number); }
.json a { text-underline-offset: 0.35em; }
.turn { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; }
.count { color: var(--soft); margin-right: auto; }
.aside { color: var(--soft); padding: 1rem 1.25rem; border: 1px dashed var(--edge); border-radius: 0.9rem; }
.form { padding: clamp(1rem, 3vw, 1.75rem); background: var(--card); border: 1px solid var(--line); border-radius: 0.9rem; box-shadow: var(--shadow); }
.form form { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 1rem 1.25rem; margin-top: 1rem; }
.form > summary { cursor: pointer; min-height: 2rem; }
.form > summary h2 { display: inline; margin-left: 0.35rem; }
.hint { color: var(--soft); margin-top: 0.5rem; }
.field { display: grid; gap: 0.3rem; align-content: start; }
.field:has(textarea), .field:has([type='text']), .send, .form .fault[role] { grid-column: 1 / -1; }
label { font-size: 0.9375rem; font-weight: 650; }
.unit { color: var(--soft); font-weight: 400; }
input, select, textarea {
  width: 100%; min-height: 2.875rem; padding: 0.5rem 0.75rem; border: 1px solid var(--edge); border-radius: 0.5rem;
  background: var(--card); color: inherit; font: inherit; font-size: 1rem;
}
textarea { resize: vertical; }
::placeholder { color: var(--soft); opacity: 1; }
.wrong :is(input, select, textarea) { border-color: var(--danger); border-width: 2px; }
.fault { color: var(--danger); font-size: 0.875rem; font-weight: 600; }
.fault[role] { padding: 0.75rem 1rem; border-radius: 0.75rem; background: var(--danger-soft); }
.search { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; }
.search input { flex: 0 1 24rem; width: auto; min-width: 0; }
@media (width < 40rem) {
  .tools, .tools > * { flex: 1 1 auto; }
  .tools { position: relative; }
  .menu { position: static; order: 1; }
  .menu > summary { width: 100%; }
  .menu > :not(summary) { left: 0; }
  .json span { padding-left: calc(var(--depth) * 1em + 1em); text-indent: -1em; }
  .turn .count { width: 100%; }
  .turn { justify-content: space-between; }
  .search label { width: 100%; }
  .search input { flex: 1 1 0; }
}
`
