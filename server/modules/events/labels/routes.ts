import { Type } from 'typebox'
import type { App } from '#http/app'
import { Fields, PageOf, paging, Text, Uuid } from '#http/wire'
import * as categories from '#events/categories'
import { may } from '#events/policy'
import { CategoryNameTaken, TagNameTaken } from '#events/problems'
import * as tags from '#events/tags'
import { LabelWire, TagName } from '#events/wire'

const OneCategory = Fields({ categoryId: Uuid })
const OneTag = Fields({ tagId: Uuid })
const shared = () => ({ milliseconds: 5_000 })

/** What events are told apart by: categories, which admins name, and tags, which organizers name by using them. */
export function labelRoutes(app: App): void {
  app.get(
    '/categories',
    {
      schema: {
        tags: ['events'],
        summary: 'Categories by name',
        response: { 200: Fields({ items: Type.Array(LabelWire) }) },
      },
      config: { may: may.browse, shared },
    },
    async (req) => ({ items: await categories.list(req.ctx) }),
  )

  app.post(
    '/categories',
    {
      schema: {
        tags: ['events'],
        summary: 'Name a category',
        body: Fields({ name: Text(75, { min: 1 }), description: Type.Optional(Text(5000)) }),
        response: { 201: LabelWire },
      },
      config: { may: may.nameCategories, creates: true, refuses: [CategoryNameTaken] },
    },
    async (req, reply) => {
      const category = await categories.create(req.ctx, req.body)
      reply.code(201)
      return category
    },
  )

  app.patch(
    '/categories/:categoryId',
    {
      schema: {
        tags: ['events'],
        summary: 'Change a category',
        params: OneCategory,
        body: Fields({ name: Type.Optional(Text(75, { min: 1 })), description: Type.Optional(Text(5000)) }),
        response: { 200: LabelWire },
      },
      config: { may: may.nameCategories, refuses: [CategoryNameTaken] },
    },
    async (req) => categories.edit(req.ctx, req.params.categoryId, req.body),
  )

  app.delete(
    '/categories/:categoryId',
    {
      schema: {
        tags: ['events'],
        summary: 'Remove a category',
        description: 'Its events stay, and are of no category.',
        params: OneCategory,
        response: { 204: Type.Null() },
      },
      config: { may: may.nameCategories },
    },
    async (req, reply) => {
      await categories.remove(req.ctx, req.params.categoryId)
      reply.code(204)
    },
  )

  app.get(
    '/tags',
    {
      schema: {
        tags: ['events'],
        summary: 'Tags by name',
        description: 'Those of events that everybody can find, and those that were described; admins see all.',
        querystring: Fields({ ...paging, limit: Type.Optional({ ...paging.limit, default: tags.A_PAGE }) }),
        response: { 200: PageOf(LabelWire) },
      },
      config: { may: may.browse, shared },
    },
    async (req) => tags.list(req.ctx, req.query),
  )

  app.patch(
    '/tags/:tagId',
    {
      schema: {
        tags: ['events'],
        summary: 'Change a tag',
        params: OneTag,
        body: Fields({ name: Type.Optional(TagName), description: Type.Optional(Text(5000)) }),
        response: { 200: LabelWire },
      },
      config: { may: may.curateTags, refuses: [TagNameTaken] },
    },
    async (req) => tags.edit(req.ctx, req.params.tagId, req.body),
  )

  app.delete(
    '/tags/:tagId',
    {
      schema: {
        tags: ['events'],
        summary: 'Remove a tag',
        description: 'From every event that is marked with it.',
        params: OneTag,
        response: { 204: Type.Null() },
      },
      config: { may: may.curateTags },
    },
    async (req, reply) => {
      await tags.remove(req.ctx, req.params.tagId)
      reply.code(204)
    },
  )
}
