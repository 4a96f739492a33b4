import { Type } from 'typebox'
import { findAccount } from '#accounts'
import { may } from '#accounts/policy'
import { OtherTerms, UsernameTaken } from '#accounts/problems'
import { show } from '#accounts/routes'
import { acceptTerms } from '#accounts/terms'
import { Account, TermsWire } from '#accounts/wire'
import { signedIn, type App } from '#http/app'
import { Fields, Nullable, Uuid } from '#http/wire'
import { NotFound } from '#kernel/problem'
import { pictureOf } from '#pictures'
import { changePreferences, preferencesOf } from './preferences.ts'
import { changeProfile, profileOf } from './profile.ts'
import {
  PreferenceFields,
  PreferencesWire,
  presentPreferences,
  presentProfile,
  ProfileFields,
  ProfileWire,
} from './wire.ts'

const tags = ['accounts']

/** Who somebody is, what they like, and what they have agreed to. */
export function profileRoutes(app: App): void {
  app.patch(
    '/me',
    {
      schema: {
        tags,
        summary: 'Change my profile',
        description: 'The e-mail address, the password and the picture have operations of their own.',
        body: ProfileFields,
        response: { 200: Account },
      },
      config: { may: may.changeMe, refuses: [UsernameTaken] },
    },
    async (req) => show(req, await changeProfile(req.ctx, signedIn(req).accountId, req.body)),
  )

  app.get(
    '/me/preferences',
    {
      schema: { tags, summary: 'How I like to have things', response: { 200: PreferencesWire } },
      config: { may: may.changeMe },
    },
    async (req) => presentPreferences(await preferencesOf(req.ctx, signedIn(req).accountId)),
  )

  app.patch(
    '/me/preferences',
    {
      schema: {
        tags,
        summary: 'Change how I like to have things',
        body: PreferenceFields,
        response: { 200: PreferencesWire },
      },
      config: { may: may.changeMe },
    },
    async (req) => presentPreferences(await changePreferences(req.ctx, signedIn(req).accountId, req.body)),
  )

  app.get(
    '/accounts/:accountId/profile',
    {
      schema: {
        tags,
        summary: 'Who an organizer is',
        description: 'What everybody may see. There is none of who holds no events.',
        params: Fields({ accountId: Uuid }),
        response: { 200: ProfileWire },
      },
      config: { may: may.seeProfile, refuses: [NotFound] },
    },
    async (req) => {
      const profile = await profileOf(req.ctx, req.params.accountId)
      return presentProfile(profile, await pictureOf(req.ctx, profile.id))
    },
  )

  app.get(
    '/terms',
    {
      schema: {
        tags,
        summary: 'The terms that who signs up accepts',
        response: { 200: Fields({ terms: Nullable(TermsWire) }) },
      },
      config: { may: may.seeTerms },
    },
    async (req) => ({ terms: req.ctx.config.terms }),
  )

  app.put(
    '/me/accepted-terms',
    {
      schema: {
        tags,
        summary: 'Accept the terms',
        description: 'Those of `termsToAccept`, by their version. The time is kept.',
        body: Fields({ version: Type.String({ minLength: 1, maxLength: 100 }) }),
        response: { 200: Account },
      },
      config: { may: may.changeMe, refuses: [OtherTerms] },
    },
    async (req) => {
      const { accountId } = signedIn(req)
      await acceptTerms(req.ctx, accountId, req.body.version)
      return show(req, await findAccount(req.ctx, accountId))
    },
  )
}
