import { Type } from 'typebox'
import { may } from '#accounts/policy'
import { ProofRequired, TooManyKeys } from '#accounts/problems'
import type { App } from '#http/app'
import { Fields, Uuid } from '#http/wire'
import { NotFound } from '#kernel/problem'
import * as apiKeys from './api-keys.ts'
import { ApiKeys, MadeApiKey, NewApiKey, present } from './wire.ts'

const tags = ['security']

// Making a key does not say `creates`: its answer is a secret, which is not kept for an Idempotency-Key.

export function apiKeyRoutes(app: App): void {
  app.post(
    '/me/api-keys',
    {
      schema: {
        tags,
        summary: 'Make an API key',
        description: 'It acts for you within its scopes. Wants a proof from the last ten minutes that it is you.',
        body: NewApiKey,
        response: { 201: MadeApiKey },
      },
      config: { may: may.manageApiKeys, refuses: [ProofRequired, TooManyKeys] },
    },
    async (req, reply) => {
      const made = await apiKeys.make(req.ctx, { days: 90, ...req.body })
      reply.code(201)
      return { ...present(made), key: made.key }
    },
  )

  app.get(
    '/me/api-keys',
    { schema: { tags, summary: 'My API keys', response: { 200: ApiKeys } }, config: { may: may.manageApiKeys } },
    async (req) => ({ items: (await apiKeys.list(req.ctx)).map(present) }),
  )

  app.delete(
    '/me/api-keys/:apiKeyId',
    {
      schema: {
        tags,
        summary: 'Revoke an API key',
        params: Fields({ apiKeyId: Uuid }),
        response: { 204: Type.Null() },
      },
      config: { may: may.manageApiKeys, refuses: [NotFound] },
    },
    async (req, reply) => {
      await apiKeys.revoke(req.ctx, req.params.apiKeyId)
      reply.code(204)
      return null
    },
  )
}
