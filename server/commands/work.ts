import { isIP } from 'node:net'
import { drainOutbox } from '#notifications/outbox'
import { actingAs } from '#kernel/ctx'
import { QUEUES, type Queue } from '#kernel/jobs'
import { startLoop } from '#kernel/loop'
import { integer } from '#kernel/setting-values'
import { run } from '../run.ts'
import { startWorker } from '../worker.ts'
import { noWords, readArguments } from './arguments.ts'

// The processes that go on until they are told to stop.

/** Everything in one process, with examples in it. */
export function start(args: string[]): Promise<void> {
  readArguments('start takes nothing', args, {}, (_, words) => noWords(words))
  return run('demo', { serve: true, work: startWorker })
}

/** The HTTP server; where to listen may be typed, as others have it: `8000` or `0.0.0.0:8000`. */
export function serve(args: string[]): Promise<void> {
  const given = readArguments('serve takes [address:]port', args, {}, (_, words) => {
    noWords(words.slice(1))
    return words[0] === undefined ? {} : placeOf(words[0])
  })
  return run('production', { serve: true, given })
}

function placeOf(words: string): Record<string, string> {
  const [, address, port = ''] = /^(?:(.+):)?(\d+)$/.exec(words) ?? []
  const host = address?.replace(/^\[(.*)\]$/, '$1')
  if (!port || (host !== undefined && !isIP(host) && host !== 'localhost')) throw new Error(`${words} is none`)
  return { PORT: String(integer(0, 65_535)(port)), ...(host ? { HOST: host } : {}) }
}

/** What happens later, on all queues or on those that are named. */
export function work(args: string[]): Promise<void> {
  const queues = readArguments(
    `worker takes --queues ${QUEUES.join(',')}`,
    args,
    { queues: { type: 'string', default: QUEUES.join(',') } },
    (values, words) => {
      noWords(words)
      return values.queues.split(',').map(queueOf)
    },
  )
  return run('production', { work: (ctx) => startWorker(ctx, queues) })
}

function queueOf(word: string): Queue {
  const queue = QUEUES.find((each) => each === word.trim())
  if (!queue) throw new Error(`there is no queue ${JSON.stringify(word)}`)
  return queue
}

/** Only fires the schedules, for whoever wants that apart: every worker does it, too. */
export function beat(args: string[]): Promise<void> {
  readArguments('beat takes nothing', args, {}, (_, words) => noWords(words))
  return run('production', { work: (ctx) => startWorker(ctx, []) })
}

/** Only writes and sends messages, and rests so many seconds when there are none. */
export function sendOutbox(args: string[]): Promise<void> {
  const seconds = readArguments(
    'outbox takes --sleep SECONDS',
    args,
    { sleep: { type: 'string', default: '1' } },
    (values, words) => {
      noWords(words)
      const seconds = Number(values.sleep)
      if (!/^\d+(\.\d+)?$/.test(values.sleep) || seconds < 0.1 || seconds > 3_600)
        throw new Error('must be from 0.1 to 3600')
      return seconds
    },
  )
  return run('production', {
    alone: true,
    async work(ctx) {
      const stopping = new AbortController()
      const sending = actingAs(ctx, { kind: 'system', name: 'outbox' })
      const loop = startLoop('outbox', ctx.log, seconds * 1_000, async () => {
        const { messages } = await drainOutbox(sending, { signal: stopping.signal })
        if (messages > 0) ctx.log.info({ messages }, 'messages sent or given up')
        return 0
      })
      return () => {
        stopping.abort()
        return loop.stop()
      }
    },
  })
}
