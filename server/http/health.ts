import { Type } from 'typebox'
import { pendingMigrations } from '#db/migrate'
import { anyone } from '#kernel/policy'
import { Unavailable } from '#kernel/problem'
import { sign } from '#kernel/signing'
import type { App } from './app.ts'
import { Fields } from './wire.ts'

const Health = Fields({ status: Type.Literal('ok') })
const Alive = Fields({
  status: Type.Literal('ok'),
  proof: Type.Optional(
    Type.String({ description: 'Our signature of the nonce: that this is the instance it is taken for.' }),
  ),
})
const Asked = Fields({ nonce: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$' })) })

/** `/health/live`: the event loop turns. `/health/ready`: the database answers, is migrated, and nobody is stopping us; `/health/` is that, too. */
export function healthRoutes(app: App, isDraining: () => boolean): void {
  hangUpWhenDone(app)

  app.get(
    '/health/live',
    {
      schema: { tags: ['health'], summary: 'Is the process alive', querystring: Asked, response: { 200: Alive } },
      config: { may: anyone() },
    },
    async ({ ctx, query: { nonce } }) => ({
      status: 'ok' as const,
      ...(nonce === undefined ? {} : { proof: sign(ctx.config.secretKey, 'health', nonce) }),
    }),
  )

  for (const [url, hide] of [
    ['/health/ready', false],
    ['/health/', true],
    ['/health', true],
  ] as const)
    app.get(
      url,
      {
        schema: { tags: ['health'], summary: 'Can it serve', response: { 200: Health }, hide },
        config: { may: anyone(), refuses: [Unavailable] },
      },
      async (req) => {
        if (isDraining()) throw Unavailable('Stopping.', { retryAfter: 5 })
        await req.ctx.database.ping()
        const pending = await pendingMigrations(req.ctx.database)
        if (pending.length > 0) throw Unavailable('The database is not migrated yet.', { retryAfter: 5 })
        return { status: 'ok' as const }
      },
    )
}

/**
 * Whoever has a request under way when closing begins keeps the connection afterwards, as the answer allows; nobody would
 * end it before its time, which is longer than stopping may take.
 */
function hangUpWhenDone(app: App): void {
  let looking: NodeJS.Timeout | undefined
  app.addHook('preClose', async () => {
    looking = setInterval(() => app.server.closeIdleConnections(), 100)
  })
  app.addHook('onClose', async () => clearInterval(looking))
}
