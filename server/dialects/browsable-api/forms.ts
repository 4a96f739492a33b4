import type { Ctx } from '#kernel/ctx'
import { escapeHtml as e } from '#kernel/text'
import type { Choice, Collection } from './collections.ts'
import type { Field } from './fields.ts'
import { pathTo } from './links.ts'

// The forms of the pages. They are plain HTML: what they cannot say by their method, they say in `_method`.

type Values = Record<string, unknown>
/** What is wrong, by field. */
export type Faults = Record<string, string[]>

/** What an answer finds wrong with the fields that were sent. */
export function faultsIn(status: number, data: unknown): Faults {
  if (status !== 400 || typeof data !== 'object' || data === null) return {}
  const isFault = (each: [string, unknown]): each is [string, string[]] => Array.isArray(each[1])
  return Object.fromEntries(Object.entries(data).filter(isFault))
}

/** Adds one to a collection. */
export async function addForm<T>(ctx: Ctx, all: Collection<T>, sent: Values, faults: Faults): Promise<string> {
  const fields = await drawFields(ctx, all, { prefix: 'post', values: sent, faults })
  return `<section class="form" aria-labelledby="add"><h2 id="add">Add a new ${e(all.one)}</h2>
<form method="post" action="${e(pathTo(all.name))}">${general(faults)}${fields}
<p class="send"><button>POST</button></p></form></section>`
}

/** Changes one: all of it with PUT, or with PATCH what is filled in. What was sent and refused is there to be mended. */
export async function changeForms<T>(
  ctx: Ctx,
  all: Collection<T>,
  number: number,
  is: Values,
  sent: Values,
  faults: Faults,
): Promise<string> {
  const path = pathTo(all.name, number)
  const patched = sent['_method'] === 'PATCH'
  const none = {} as Faults
  const put = await drawFields(ctx, all, { prefix: 'put', values: patched ? is : { ...is, ...sent }, faults: patched ? none : faults, shown: is }) // prettier-ignore
  const patch = await drawFields(ctx, all, { prefix: 'patch', values: patched ? sent : {}, faults: patched ? faults : none, partial: is, shown: is }) // prettier-ignore
  return `<section class="form" aria-labelledby="change"><h2 id="change">Change the ${e(all.one)}</h2>
<form method="post" action="${e(path)}"><input type="hidden" name="_method" value="PUT">${patched ? '' : general(faults)}${put}
<p class="send"><button>PUT</button></p></form></section>
<details class="form"${patched ? ' open' : ''}><summary><h2>Change some of it</h2></summary>
<p class="hint">What is left empty stays as it is.</p>
<form method="post" action="${e(path)}"><input type="hidden" name="_method" value="PATCH">${patched ? general(faults) : ''}${patch}
<p class="send"><button>PATCH</button></p></form></details>`
}

/** Deletes one, when it is asked for twice. */
export function deleteForm<T>(all: Collection<T>, number: number): string {
  return `<details class="menu danger"><summary>DELETE</summary><form method="post" action="${e(pathTo(all.name, number))}">
<input type="hidden" name="_method" value="DELETE"><p>This ${e(all.one)} goes for good.</p><button class="danger">Delete it</button></form></details>`
}

export function searchForm(path: string, term: string): string {
  return `<form class="search" method="get" action="${e(path)}" role="search"><label for="search_term">Words</label>
<input id="search_term" name="search_term" type="search" maxlength="200" required value="${e(term)}"><button>Search</button></form>`
}

type Drawn = {
  prefix: string
  values: Values
  faults: Faults
  /** What is there, where a field that is left empty leaves it. */
  partial?: Values
  /** What is there. */
  shown?: Values
}

async function drawFields<T>(ctx: Ctx, { written }: Collection<T>, drawn: Drawn): Promise<string> {
  const choices = (await written?.choices?.(ctx)) ?? {}
  return (written?.fields ?? []).map((field) => drawField(field, choices[field.name] ?? [], drawn)).join('\n')
}

function drawField(field: Field, choices: Choice[], { prefix, values, faults, partial, shown = {} }: Drawn): string {
  const id = `${prefix}-${field.name}`
  const wrong = faults[field.name]?.join(' ')
  const required = field.required && !partial ? ' required' : ''
  const described = wrong ? ` aria-invalid="true" aria-describedby="${id}-wrong"` : ''
  const attributes = `id="${id}" name="${field.name}"${required}${described}`
  const value = textOf(values[field.name])
  const zone = field.kind === 'moment' ? ' <span class="unit">UTC</span>' : ''
  return `<div class="field${wrong ? ' wrong' : ''}"><label for="${id}">${e(field.label)}${zone}</label>
${control(field, attributes, value, choices, { partial, name: textOf(shown[`${field.name}_name`]) })}
${wrong ? `<p class="fault" id="${id}-wrong">${e(wrong)}</p>` : ''}</div>`
}

function control(
  field: Field,
  attributes: string,
  value: string,
  choices: Choice[],
  { partial, name }: { partial: Values | undefined; name: string },
): string {
  const limit = field.most ? ` maxlength="${field.most}"` : ''
  const stays = partial ? ` placeholder="${e(textOf(partial[field.name]).slice(0, 60))}"` : ''
  switch (field.kind) {
    case 'line':
      return `<input type="text" ${attributes}${limit}${stays} value="${e(value)}">`
    case 'text':
      return `<textarea rows="${partial ? 2 : 5}" ${attributes}${limit}${stays}>\n${e(value)}</textarea>`
    case 'moment':
      return `<input type="datetime-local" step="any" ${attributes} value="${e(localOf(value))}">`
    case 'link': {
      // More than are listed there may be; what is there is kept even so.
      const listed = value === '' || choices.some((choice) => choice.link === value) ? choices : [{ link: value, label: name }, ...choices] // prettier-ignore
      const options = listed.map(
        ({ link, label }) => `<option value="${e(link)}"${link === value ? ' selected' : ''}>${e(label)}</option>`,
      )
      return `<select ${attributes}><option value="">${partial ? 'as it is' : 'none'}</option>${options.join('')}</select>`
    }
  }
}

/** A moment as a browser has it, without what it cannot say. */
function localOf(moment: string): string {
  const [, minute = '', rest = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)((?::\d\d)(?:\.\d{1,3})?)?/.exec(moment) ?? []
  return minute + (/[1-9]/.test(rest) ? rest : '')
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function general({ non_field_errors: words }: Faults): string {
  return words ? `<p class="fault" role="alert">${e(words.join(' '))}</p>` : ''
}
