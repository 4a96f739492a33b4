import { Type } from 'typebox'
import { may as mayDoWithEvents } from '#events/policy'
import { AlreadyCancelled, AlreadyOver } from '#events/problems'
import type { App } from '#http/app'
import { seenBy } from '#http/if-match'
import { readUpload } from '#http/upload'
import { Fields, Uuid } from '#http/wire'
import { NotFound, Stale } from '#kernel/problem'
import { readName } from './naming.ts'
import * as pictures from './pictures.ts'
import { may } from './policy.ts'
import { Animated, NotAPicture, TooManyPixels, Unreadable } from './problems.ts'
import { BannerWire, BannerWords, NewBanner, NewPicture, PictureWire, presentBanner, presentPicture } from './wire.ts'

const One = Fields({ eventId: Uuid })
const refused = [NotAPicture, TooManyPixels, Animated, Unreadable]
const description =
  'JPEG, PNG or WebP. It is made anew in several widths; what was hidden in it, like the place, is not kept.'
const ifMatch = '`If-Match` with the ETag of the event refuses when somebody was faster.'

/** Banners of events, and the pictures of accounts. */
export function pictureRoutes(app: App): void {
  app.put(
    '/events/:eventId/banner',
    {
      schema: {
        tags: ['events'],
        summary: 'Put up a banner',
        description: `${description} ${ifMatch}`,
        params: One,
        response: { 200: BannerWire },
      },
      config: {
        may: mayDoWithEvents.edit,
        takes: NewBanner,
        refuses: [...refused, Stale, AlreadyCancelled, AlreadyOver],
      },
    },
    async (req) => {
      const take = async () => ({ alt: '', ...(await readUpload(req, { file: 'picture', text: 'alt' })) })
      return presentBanner(await pictures.setBanner(req.ctx, req.params.eventId, take, seenBy(req)))
    },
  )

  app.patch(
    '/events/:eventId/banner',
    {
      schema: {
        tags: ['events'],
        summary: 'Say what is to be seen on the banner',
        description: ifMatch,
        params: One,
        body: BannerWords,
        response: { 200: BannerWire },
      },
      config: { may: mayDoWithEvents.edit, refuses: [Stale] },
    },
    async (req) => presentBanner(await pictures.describeBanner(req.ctx, req.params.eventId, req.body.alt, seenBy(req))),
  )

  app.delete(
    '/events/:eventId/banner',
    {
      schema: {
        tags: ['events'],
        summary: 'Take the banner down',
        description: ifMatch,
        params: One,
        response: { 204: Type.Null() },
      },
      config: { may: mayDoWithEvents.edit, refuses: [Stale] },
    },
    async (req, reply) => {
      await pictures.removeBanner(req.ctx, req.params.eventId, seenBy(req))
      reply.code(204)
    },
  )

  app.put(
    '/me/picture',
    {
      schema: { tags: ['accounts'], summary: 'My picture', description, response: { 200: PictureWire } },
      config: { may: may.changeMine, takes: NewPicture, refuses: refused },
    },
    async (req) => presentPicture(await pictures.setMine(req.ctx, () => readUpload(req, { file: 'picture' }))),
  )

  app.delete(
    '/me/picture',
    {
      schema: { tags: ['accounts'], summary: 'Take my picture away', response: { 204: Type.Null() } },
      config: { may: may.changeMine },
    },
    async (req, reply) => {
      await pictures.removeMine(req.ctx)
      reply.code(204)
    },
  )
}

const TYPES = { webp: 'image/webp', jpg: 'image/jpeg' }

/** The files themselves. An address is never given to anything else, so it may be kept for ever. */
export function pictureFileRoutes(app: App): void {
  app.get('/files/*', { schema: { hide: true }, config: { may: may.fetch } }, async (req, reply) => {
    const file = readName((req.params as { '*': string })['*'])
    if (!file) throw NotFound()
    const { stream, bytes } = await pictures.openFile(req.ctx, file)
    reply.headers({
      'content-type': TYPES[file.extension],
      'content-length': bytes,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "sandbox; default-src 'none'",
      'cross-origin-resource-policy': 'cross-origin', // previews and other people's pages may show it
      'accept-ranges': 'none',
    })
    return reply.send(stream)
  })
}
