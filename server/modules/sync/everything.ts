import type { Ctx } from '#kernel/ctx'
import { Refusal } from '#kernel/problem'
import { providersOf } from './providers/open.ts'
import { PROVIDERS, type ProviderName } from './providers/provider.ts'
import type { Run } from './runs.ts'
import { run, type Wish } from './sync.ts'

/** How it went with one provider, in words and as a run, where one began. */
export type Went = { provider: ProviderName; run: Run | null; failed: string | null }

/** Runs with each provider that is set up, one after the other. One that fails does not keep the others. */
export async function runAll(ctx: Ctx, wish: Wish = {}, each: (went: Went) => void = () => {}): Promise<Went[]> {
  const all: Went[] = []
  for (const provider of PROVIDERS) {
    if (providersOf(ctx.config)[provider].missingForRuns) continue
    const went = await run(ctx, provider, wish).then(
      (done) => ({ provider, run: done, failed: done.error }),
      (error: unknown) => {
        if (error instanceof Refusal) return { provider, run: null, failed: error.message }
        throw error
      },
    )
    each(went)
    all.push(went)
  }
  return all
}
