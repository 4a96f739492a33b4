import type { Ctx } from '#kernel/ctx'
import { relayFacts } from '#kernel/relay'
import { CHANNEL_NAMES } from './channels/channel.ts'
import { deliver } from './delivery.ts'

/**
 * Writes the messages that facts ask for and sends what is due, until nothing is left, `longest` milliseconds have passed
 * or `signal` says that it is enough. Answers how many facts were passed on and how many messages dealt with.
 */
export async function drainOutbox(
  ctx: Ctx,
  { longest = 50_000, signal }: { longest?: number; signal?: AbortSignal } = {},
): Promise<{ facts: number; messages: number }> {
  const done = { facts: 0, messages: 0 }
  for (const began = performance.now(); performance.now() - began < longest && !signal?.aborted;) {
    const facts = await relayFacts(ctx)
    let messages = 0
    for (const channel of CHANNEL_NAMES) messages += await deliver(ctx, { channel, signal })
    if (facts + messages === 0) break
    done.facts += facts
    done.messages += messages
  }
  return done
}
