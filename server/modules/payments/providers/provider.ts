export const PROVIDERS = ['stripe', 'manual'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** What is asked of a provider: that this be paid. The same payment always asks with the same words. */
export type Owed = {
  id: string
  amount: number
  currency: string
  createdAt: Date
  heldUntil: Date
  title: string
  email: string
  /** Where the person comes back to. */
  returnUrl: string
}

/** Money that came and has to go back. */
export type ToRefund = {
  id: string
  reference: string
  chargeReference: string | null
  amount: number
  /** Of the refund that was begun and not finished. */
  refundReference: string | null
  /** How many have failed after they were begun: each of them is another. */
  round: number
}

// How it went. A failure of the other side is data, not an exception; `error` holds no secrets and no addresses.
export type Failure = { final: boolean; error: string }
export type Begun =
  { begun: true; reference: string; redirectUrl: string | null; expiresAt: Date | null } | ({ begun: false } & Failure)
export type Refunded =
  | { refunded: true }
  /** Begun: it is known later how it went. */
  | { refunded: false; pendingAs: string }
  | ({ refunded: false; pendingAs?: undefined } & Failure)
export type Ended = { ended: true } | ({ ended: false } & Failure)

export type Happened = 'paid' | 'failed' | 'refunded' | 'refunded in part' | 'refund failed'
export type Notice = {
  /** The same for every delivery of the notice. */
  id: string
  paymentId: string
  happened: Happened
  chargeReference?: string
  /** How much came, or went back so far, where the notice says so. */
  amount?: number
  currency?: string
}
export type Reading =
  | { as: 'notice'; notice: Notice }
  /** Theirs, and about nothing that concerns us. */
  | { as: 'ignored' }
  /** Not theirs, or too old. */
  | { as: 'refused'; reason: string }

/** Somebody who takes money for us. Nothing here rejects, and none of it is called inside a transaction. */
export interface PaymentProvider {
  /** People do by hand what others do by themselves: mark as paid, pay back. */
  byHand: boolean
  /** Asked twice about one payment it gives the same answer and takes the money once. */
  begin(owed: Owed): Promise<Begun>
  /** Reads what came to our door, byte for byte as it came. */
  read(body: Buffer, signature: string | undefined, now: Date): Promise<Reading>
  /** Nobody can pay on the page any more, unless they have. */
  end(reference: string): Promise<Ended>
  /** Pays everything back; a second time it changes nothing. */
  refund(payment: ToRefund): Promise<Refunded>
}

export type Providers = Partial<Record<ProviderName, PaymentProvider>>
