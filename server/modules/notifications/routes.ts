import { Type } from 'typebox'
import type { App } from '#http/app'
import { Fields, OneOf, PageOf, paging, Uuid } from '#http/wire'
import * as notifications from './notifications.ts'
import { may } from './policy.ts'
import { NotificationWire, present, STATES } from './wire.ts'

export function notificationRoutes(app: App): void {
  app.get(
    '/notifications',
    {
      schema: {
        tags: ['notifications'],
        summary: 'List messages',
        description: 'Every message that was written, newest first, and what became of it. For admins.',
        querystring: Fields({ eventId: Type.Optional(Uuid), state: Type.Optional(OneOf(STATES)), ...paging }),
        response: { 200: PageOf(NotificationWire) },
      },
      config: { may: may.list },
    },
    async (req) => {
      const { items, nextCursor } = await notifications.list(req.ctx, req.query)
      return { items: items.map(present), nextCursor }
    },
  )
}
