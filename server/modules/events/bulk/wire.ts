import { Type, type Static } from 'typebox'
import { EventChanges, NewEvent } from '#events/wire'
import { Fields, OneOf, Uuid } from '#http/wire'
import type { Done, Operation } from './bulk.ts'

const WHAT = ['create', 'update', 'delete'] as const
const Version = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Refused when the event has another by now.' }),
)

/** One row. Which fields it may have depends on `do`, and a fault is told of that kind alone. */
export const OperationWire = Type.Unsafe<Operation>({
  type: 'object',
  required: ['do'],
  discriminator: { propertyName: 'do' },
  oneOf: [
    Fields({ do: Type.Literal('create'), ...NewEvent.properties }),
    Fields({ do: Type.Literal('update'), id: Uuid, version: Version, ...EventChanges.properties }),
    Fields({ do: Type.Literal('delete'), id: Uuid, version: Version }),
  ],
})

export const DoneWire = Fields({ do: OneOf(WHAT), id: Uuid, slug: Type.String(), version: Type.Integer() })

/** What was done, as the wire has it. */
export function present(done: Done): Static<typeof DoneWire> {
  return done
}
