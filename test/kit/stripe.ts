import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const WEBHOOK_SECRET = 'whsec_for_tests_only'
export const STRIPE = { secretKey: 'sk_test_for_tests_only', webhookSecret: WEBHOOK_SECRET }

type Session = { id: string; url: string; name: string; client_reference_id: string; amount: number; currency: string }
export type FakeStripe = {
  server: { host: string; port: number; protocol: 'http' }
  /** What was begun and paid back, once each however often it was asked for. */
  sessions: Session[]
  refunds: { payment_intent: string }[]
  /** What is said of refunds from now on. */
  refundStatus: 'succeeded' | 'pending' | 'failed'
  /** The pages that were closed. */
  expired: string[]
  requests: number
  /** Called for each request before it is answered; may answer with an error's status instead. */
  behave: () => Promise<number | undefined> | number | undefined
  stop(): Promise<void>
}

/** A Stripe of our own: it takes the two requests that we make, and keeps its word about idempotency keys. */
export async function startStripe(): Promise<FakeStripe> {
  const answers = new Map<string, string>()
  const words = new Map<string, string>()
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => void answer(Buffer.concat(chunks).toString()))
    async function answer(body: string) {
      fake.requests++
      const send = (status: number, value: string) => {
        res.writeHead(status, { 'content-type': 'application/json' }).end(value)
      }
      const status = await fake.behave()
      if (status !== undefined) {
        const type = status < 500 ? 'invalid_request_error' : 'api_error'
        return send(status, JSON.stringify({ error: { type, message: 'no' } }))
      }
      const asked = new URLSearchParams(body)
      const page = /^\/v1\/checkout\/sessions\/(.+)\/expire$/.exec(req.url ?? '')?.[1]
      if (page) {
        fake.expired.push(page)
        return send(200, JSON.stringify({ object: 'checkout.session', id: page, status: 'expired' }))
      }
      const one = /^\/v1\/refunds\/(.+)$/.exec(req.url ?? '')?.[1]
      if (one) return send(200, JSON.stringify({ object: 'refund', id: one, status: fake.refundStatus }))
      const key = `${req.url} ${String(req.headers['idempotency-key'])}`
      // As Stripe does: the same key with other words is an error.
      if (asked.has('mode') && (words.get(key) ?? body) !== body)
        return send(400, JSON.stringify({ error: { type: 'idempotency_error', message: 'other words' } }))
      words.set(key, body)
      const known = answers.get(key)
      const made = known ?? JSON.stringify(req.url === '/v1/refunds' ? refund(asked) : session(asked))
      answers.set(key, made)
      send(200, made)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  function session(asked: URLSearchParams) {
    const id = `cs_test_${randomBytes(8).toString('hex')}`
    const one = {
      id,
      url: `https://checkout.example/${id}`,
      name: asked.get('line_items[0][price_data][product_data][name]')!,
      client_reference_id: asked.get('client_reference_id')!,
      amount: Number(asked.get('line_items[0][price_data][unit_amount]')),
      currency: asked.get('line_items[0][price_data][currency]')!,
    }
    fake.sessions.push(one)
    return { object: 'checkout.session', ...one }
  }
  function refund(asked: URLSearchParams) {
    fake.refunds.push({ payment_intent: asked.get('payment_intent')! })
    return { object: 'refund', id: `re_${fake.refunds.length}`, status: fake.refundStatus }
  }

  const fake: FakeStripe = {
    server: { host: '127.0.0.1', port: (server.address() as AddressInfo).port, protocol: 'http' },
    sessions: [],
    refunds: [],
    refundStatus: 'succeeded',
    expired: [],
    requests: 0,
    behave: () => undefined,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return fake
}

export type Signed = { payload: string; headers: Record<string, string> }

/** A notice as Stripe sends it, signed by our own hand and not by its package. */
export function signed(
  event: object,
  { secret = WEBHOOK_SECRET, at = Date.now() }: { secret?: string; at?: number } = {},
): Signed {
  const payload = JSON.stringify(event)
  const time = Math.floor(at / 1_000)
  const signature = createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex')
  return {
    payload,
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${time},v1=${signature}` },
  }
}

let events = 0
const event = (type: string, object: object) => ({
  id: `evt_${process.pid}_${++events}`,
  object: 'event',
  type,
  data: { object },
})

export const paidEvent = (payment: { id: string; amount: number; currency: string }) =>
  event('checkout.session.completed', {
    object: 'checkout.session',
    client_reference_id: payment.id,
    payment_status: 'paid',
    payment_intent: `pi_${payment.id}`,
    amount_total: payment.amount,
    currency: payment.currency.toLowerCase(),
  })
export const expiredEvent = ({ id }: { id: string }) =>
  event('checkout.session.expired', { object: 'checkout.session', client_reference_id: id })
export const refundedEvent = ({ id }: { id: string }) =>
  event('charge.refunded', { refunded: true, payment_intent: `pi_${id}`, metadata: { payment_id: id } })
export const partlyRefundedEvent = ({ id }: { id: string }, amount: number) =>
  event('charge.refunded', {
    refunded: false,
    amount_refunded: amount,
    payment_intent: `pi_${id}`,
    metadata: { payment_id: id },
  })
export const refundFailedEvent = ({ id }: { id: string }) =>
  event('refund.failed', { object: 'refund', status: 'failed', metadata: { payment_id: id } })
export const unknownEvent = () => event('customer.created', { id: 'cus_1' })
