import { beginOrganizing } from '#accounts'
import * as events from '#events'
import * as categories from '#events/categories'
import * as tags from '#events/tags'
import { transaction, type Ctx, type Tx } from '#kernel/ctx'
import { invalid } from '#kernel/problem'
import { fieldsOf, type EventBody } from './event-wire.ts'
import { demandFields, isBlank } from './wire.ts'

// `POST /api/events/` is one address of several systems, each with a form of its own. Which it is is seen from the field
// that only that form has; what it may and what it answers follows from that. The form of another dialect does not come here.

type Form = { mark: keyof EventBody; make: (ctx: Ctx, body: EventBody) => Promise<string> }

const FORMS: readonly Form[] = [
  { mark: 'start_time', make: makeAsOrganizer },
  { mark: 'end_time', make: makeAsOrganizer },
  { mark: 'date', make: makeAndOrganize },
]

/** Makes an event that everybody sees at once, by the form that it comes in. Answers its id. */
export async function make(ctx: Ctx, body: EventBody): Promise<string> {
  const form = FORMS.find(({ mark }) => body[mark] !== undefined)
  return (form?.make ?? makeAndOrganize)(ctx, body)
}

/** Whoever is logged in may, and organizes thereby. */
async function makeAndOrganize(ctx: Ctx, body: EventBody): Promise<string> {
  demandFields(body, 'title', 'description', 'date', 'location')
  const fields = fieldsOf(body) // before anybody becomes an organizer for nothing
  return publish(await beginOrganizing(ctx), body, fields)
}

/** Organizers may. */
async function makeAsOrganizer(ctx: Ctx, body: EventBody): Promise<string> {
  demandFields(body, 'title', 'start_time', 'end_time')
  return publish(ctx, body, fieldsOf(body))
}

async function publish(ctx: Ctx, body: EventBody, fields: Partial<events.EventFields>): Promise<string> {
  return transaction(ctx, async (tx) => {
    const all = { zone: 'UTC', ...fields, ...(await labelsOf(tx, body)) } as events.EventFields
    const id = await events.create(tx, all)
    await events.publish(tx, id)
    return id
  })
}

/** Its category and tags, which are numbers there; a tag may be a name, too. */
export async function labelsOf(ctx: Ctx | Tx, body: EventBody): Promise<Partial<events.EventFields>> {
  const { category_id: category, tags: marks } = body
  const number = String(category ?? '').trim()
  return {
    ...(category === undefined ? {} : { categoryId: number ? await categories.idOfNumber(ctx, Number(number)) : null }),
    ...(marks === undefined ? {} : { tags: await namesOf(ctx, Array.isArray(marks) ? marks : [marks]) }),
  }
}

async function namesOf(ctx: Ctx | Tx, marks: readonly (string | number)[]): Promise<string[]> {
  const isNumber = (mark: string | number) => typeof mark === 'number' || /^\d{1,15}$/.test(mark.trim())
  const names = marks.filter((mark) => !isNumber(mark)).map((mark) => String(mark).trim())
  if (names.some((name) => isBlank(name) || /[,，]/.test(name))) throw invalid({ '/tags': 'This is not a tag.' })
  return [...names, ...(await tags.namesOfNumbers(ctx, marks.filter(isNumber).map(Number)))]
}
