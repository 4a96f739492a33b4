import { Type } from 'typebox'
import { may } from '#events/policy'
import { RowsRefused, TooMuchAtOnce } from '#events/problems'
import type { App } from '#http/app'
import { Fields } from '#http/wire'
import * as bulk from './bulk.ts'
import { DoneWire, OperationWire, present } from './wire.ts'

const MOST_ROWS = 100
const MOST_BYTES = 1024 * 1024

/** Many events in one request. */
export function bulkRoutes(app: App): void {
  app.post(
    '/events/bulk',
    {
      bodyLimit: MOST_BYTES,
      schema: {
        tags: ['events'],
        summary: 'Create, change and delete many events, all or none',
        description:
          'Rows are carried out in their order, each as it would be alone, in one transaction. If any is refused, nothing ' +
          'has changed, no mail goes out, and the answer names every row that was.',
        body: Fields({ operations: Type.Array(OperationWire, { minItems: 1, maxItems: MOST_ROWS }) }),
        response: { 200: Fields({ items: Type.Array(DoneWire) }) },
      },
      config: { may: may.bulk, creates: true, refuses: [RowsRefused, TooMuchAtOnce] },
    },
    async (req) => {
      const items = await bulk.carryOut(req.ctx, req.body.operations)
      return { items: items.map(present) }
    },
  )
}
