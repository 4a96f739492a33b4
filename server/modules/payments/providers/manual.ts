import type { PaymentProvider } from './provider.ts'

/** Bank transfer, or cash at the door: the organizer says when the money is there, and when it went back. */
export function takeByHand(): PaymentProvider {
  return {
    byHand: true,
    begin: async ({ id }) => ({ begun: true, reference: id, redirectUrl: null, expiresAt: null }),
    end: async () => ({ ended: true }),
    read: async () => ({ as: 'refused', reason: 'Nobody sends notices about payments by hand.' }),
    refund: async () => ({ refunded: false, final: true, error: 'the organizer pays it back by hand' }),
  }
}
