import * as schedules from '#schedules'
import { runOnce } from '../run.ts'
import { noWords, readArguments } from './arguments.ts'

/** Says when each job runs and how it went, or has one run now. */
export async function showSchedules(args: string[]): Promise<void> {
  const name = readArguments('schedules takes nothing, or run NAME', args, {}, (_, words) => {
    if (words.length > 0 && words[0] !== 'run') throw new Error(`${words[0]} is none of that`)
    if (words.length === 1) throw new Error('which?')
    noWords(words.slice(2))
    return words[1]
  })
  await runOnce(async (ctx) => {
    if (name !== undefined) {
      const id = await schedules.ask(ctx, name)
      console.log(`${name} runs as soon as a worker is free (${id}).`)
      return
    }
    const all = await schedules.list(ctx)
    if (all.length === 0) console.log('No worker has ever been here: start `worker`.')
    for (const schedule of all) console.log(lineOf(schedule))
  })
}

function lineOf({ name, queue, cron, zone, default_cron, paused_at, next_run_at, last }: schedules.Schedule): string {
  const when = `${cron}${zone === 'UTC' ? '' : ` ${zone}`}${cron === default_cron ? '' : ` (was ${default_cron})`}`
  const next = paused_at ? 'paused' : `next ${shortly(next_run_at)}`
  const ran = last?.ended_at
    ? `${last.state} ${shortly(last.ended_at)}${last.last_error ? `: ${last.last_error}` : ''}`
    : 'has not run'
  return `${name.padEnd(30)} ${queue.padEnd(14)} ${when.padEnd(16)} ${next.padEnd(26)} ${ran}`
}

function shortly(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}
