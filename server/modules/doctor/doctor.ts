import type { Config } from '#config'
import type { Ctx } from '#kernel/ctx'
import { newId } from '#kernel/ids'
import { demand } from '#kernel/policy'
import { weaknessesOf } from '#kernel/secret-key'
import { escapeHtml } from '#kernel/text'
import { fail, ok, warn, type Finding } from './finding.ts'
import * as flow from './flow.ts'
import * as outside from './outside.ts'
import { may } from './policy.ts'
import * as storage from './storage.ts'

/** Looks at everything that has to be well for this instance to do its work. Changes nothing and tells no secrets. */
export async function examine(ctx: Ctx): Promise<Finding[]> {
  demand(ctx, may.examine, undefined)
  const looked = async (name: string, look: () => Promise<Finding | Finding[]> | Finding) => {
    try {
      return await look()
    } catch (error) {
      ctx.log.warn({ err: error, look: name }, 'the doctor could not look')
      return fail(name, 'It could not be looked at.', 'See what is said of the database; the log has the error.')
    }
  }
  const database = await looked('database', () => storage.database(ctx)) // alone: the others keep it busy
  const others = await Promise.all([
    looked('migrations', () => storage.migrations(ctx)),
    looked('clock', () => storage.clock(ctx)),
    looked('disk', () => storage.disk(ctx.config)),
    looked('secrets', () => secrets(ctx.config)),
    looked('base url', () => outside.reach(ctx)),
    looked('mail', () => outside.mail(ctx)),
    looked('redis', () => outside.redis(ctx)),
    looked('relay', () => flow.relay(ctx)),
    looked('messages', () => flow.messages(ctx)),
    looked('channels', () => flow.pauses(ctx)),
    looked('worker', () => flow.worker(ctx)),
    looked('jobs', () => flow.jobs(ctx)),
  ])
  return [database, ...others].flat()
}

/** What can be said where there is no database to look at. */
export async function examineWithoutDatabase(config: Config, why: Finding): Promise<Finding[]> {
  return [why, await storage.disk(config), secrets(config)]
}

/** Whether what must be guessed by nobody can be. */
function secrets({ mode, secretKey, stripe }: Config): Finding {
  const [weakness] = weaknessesOf(secretKey)
  if (weakness) {
    const todo = 'Make one with `openssl rand -base64 48` and set SECRET_KEY; everybody logs in again.'
    return mode === 'production' ? fail('secrets', `${weakness}.`, todo) : warn('secrets', `${weakness}.`, todo)
  }
  if (mode === 'production' && stripe?.secretKey.startsWith('sk_test'))
    return warn(
      'secrets',
      'Stripe’s key is one for tests: no money is taken.',
      'Set STRIPE_SECRET_KEY to the live key.',
    )
  return ok('secrets', 'Nobody guesses the keys.')
}

/** Sends a real mail now, past every queue. Answers what was wrong; null when the mail server has taken it. */
export async function sendTestMail(ctx: Ctx, address: string): Promise<string | null> {
  demand(ctx, may.examine, undefined)
  const { baseUrl } = ctx.config
  const outcome = await ctx.channels.email?.send({
    id: newId(),
    to: { name: '', address },
    subject: 'A test mail',
    text: `This is a test: mail from ${baseUrl} arrives.\n`,
    html: `<p>This is a test: mail from ${escapeHtml(baseUrl)} arrives.</p>\n`,
    short: `A test from ${baseUrl}.`,
    writtenAt: ctx.now(),
  })
  return outcome?.sent ? null : (outcome?.error ?? 'no mail server is set up')
}
