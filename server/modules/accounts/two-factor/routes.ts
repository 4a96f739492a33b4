import { Type } from 'typebox'
import { may } from '#accounts/policy'
import {
  NothingToProveWith,
  ProofRequired,
  TooManyTries,
  TwoFactorOff,
  TwoFactorOn,
  WrongCode,
  WrongProof,
} from '#accounts/problems'
import { prove } from '#accounts/proof'
import { signedIn, type App } from '#http/app'
import { Fields, Uuid } from '#http/wire'
import * as twoFactor from './two-factor.ts'
import { CodeGiven, Enrolment, present, Proof, RecoveryCodes, TwoFactor } from './wire.ts'

const tags = ['security']

// Nothing here says `creates`: the answers are secrets, which are not kept for an Idempotency-Key.

export function twoFactorRoutes(app: App): void {
  app.post(
    '/sessions/current/proof',
    {
      schema: {
        tags,
        summary: 'Prove again that it is you',
        description:
          'By your password, and a code where two-factor is on. For ten minutes you can then do what `proof-required` was answered to.',
        body: Proof,
        response: { 204: Type.Null() },
      },
      config: { may: may.proveAgain, limit: 'logins', refuses: [WrongProof, NothingToProveWith, TooManyTries] },
    },
    async (req, reply) => {
      await prove(req.ctx, req.body)
      reply.code(204)
      return null
    },
  )

  app.get(
    '/me/two-factor',
    {
      schema: { tags, summary: 'Is two-factor on', response: { 200: TwoFactor } },
      config: { may: may.changeTwoFactor },
    },
    async (req) => present(await twoFactor.find(req.ctx)),
  )

  app.post(
    '/me/two-factor/enrolment',
    {
      schema: {
        tags,
        summary: 'Begin to set up an app for two-factor',
        description: 'Gives a secret to the app. Nothing is asked of you until you confirm it, for half an hour.',
        response: { 201: Enrolment },
      },
      config: { may: may.changeTwoFactor, refuses: [ProofRequired, TwoFactorOn] },
    },
    async (req, reply) => {
      const enrolment = await twoFactor.enrol(req.ctx)
      reply.code(201)
      return enrolment
    },
  )

  app.post(
    '/me/two-factor/confirmation',
    {
      schema: {
        tags,
        summary: 'Turn two-factor on',
        description: 'By a code of the app. Answers ten recovery codes. Your other sessions end.',
        body: CodeGiven,
        response: { 201: RecoveryCodes },
      },
      config: { may: may.changeTwoFactor, limit: 'logins', refuses: [WrongCode, TooManyTries, TwoFactorOff] },
    },
    async (req, reply) => {
      const recoveryCodes = await twoFactor.confirm(req.ctx, req.body.code)
      reply.code(201)
      return { recoveryCodes }
    },
  )

  app.post(
    '/me/two-factor/recovery-codes',
    {
      schema: {
        tags,
        summary: 'Get new recovery codes',
        description: 'The ones before are good for nothing.',
        response: { 201: RecoveryCodes },
      },
      config: { may: may.changeTwoFactor, refuses: [ProofRequired, TwoFactorOff] },
    },
    async (req, reply) => {
      const recoveryCodes = await twoFactor.renewRecoveryCodes(req.ctx)
      reply.code(201)
      return { recoveryCodes }
    },
  )

  app.delete(
    '/me/two-factor',
    {
      schema: { tags, summary: 'Turn two-factor off', response: { 204: Type.Null() } },
      config: { may: may.changeTwoFactor, refuses: [ProofRequired, TwoFactorOff] },
    },
    async (req, reply) => {
      await twoFactor.turnOff(req.ctx, signedIn(req).accountId)
      reply.code(204)
      return null
    },
  )

  app.delete(
    '/accounts/:accountId/two-factor',
    {
      schema: {
        tags,
        summary: 'Turn two-factor off for somebody',
        description: 'For who has lost the app and the recovery codes, and has shown an admin who they are.',
        params: Fields({ accountId: Uuid }),
        response: { 204: Type.Null() },
      },
      config: { may: may.turnOffTwoFactorOfOthers, refuses: [ProofRequired, TwoFactorOff] },
    },
    async (req, reply) => {
      await twoFactor.turnOff(req.ctx, req.params.accountId)
      reply.code(204)
      return null
    },
  )
}
