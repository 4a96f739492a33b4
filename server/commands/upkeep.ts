import { BadConfiguration } from '#config'
import { cleanUp } from '#events/clean-up/clean-up'
import { integer } from '#kernel/setting-values'
import { retain } from '#privacy/retention'
import { runOnce } from '../run.ts'
import { noWords, readArguments } from './arguments.ts'

/** What the job does every night, now, or what it would do. */
export async function cleanUpNow(args: string[]): Promise<void> {
  const { days, dryRun } = readArguments(
    'clean-up takes --dry-run and --days N',
    args,
    { days: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    (values, words) => {
      noWords(words)
      const days = values.days === undefined ? undefined : integer(1, 36_500)(values.days)
      return { days, dryRun: values['dry-run'] ?? false }
    },
  )
  await runOnce(async (ctx) => {
    if (days === undefined && !ctx.config.cleanUp)
      throw new BadConfiguration(['clean-up needs --days, or CLEANUP_EVENTS_AFTER_DAYS'])
    const done = await cleanUp(ctx, {
      days,
      dryRun,
      each: ({ id, title, endsAt, outcome }) =>
        console.log(`${dryRun ? 'would be ' : ''}${outcome}  ${endsAt.toISOString()}  ${id}  ${title}`),
    })
    const left = done.left > 0 ? `, ${done.left} left: the log says why` : ''
    console.log(
      `Over for ${done.days} days or more: ${done.erased} ${dryRun ? 'would be erased' : 'erased'}, ${done.archived} ${dryRun ? 'would be archived' : 'archived'}${left}.`,
    )
  })
}

/** What that job does every night, now, or what it would do. */
export async function retainNow(args: string[]): Promise<void> {
  const dryRun = args.length === 1 && args[0] === '--dry-run'
  if (args.length > 0 && !dryRun) throw new BadConfiguration(['retention takes --dry-run and nothing else'])
  await runOnce(async (ctx) => {
    for (const { kind, days, count } of await retain(ctx, { dryRun }))
      console.log(
        days === null
          ? `${kind}: kept for good`
          : `${kind}: ${count} older than ${days} days ${dryRun ? 'would go' : 'went'}`,
      )
  })
}
