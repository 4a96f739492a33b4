import type { Config } from '#config'
import { takeByHand } from './manual.ts'
import type { Providers } from './provider.ts'
import { takeByStripe } from './stripe.ts'

declare module '#kernel/ctx' {
  interface Ports {
    /** Who takes money for us, as far as the settings say. */
    pay: Providers
  }
}

/** Opens the ways to pay that are set up. Nothing is connected yet. */
export function openProviders(config: Pick<Config, 'stripe'>): Providers {
  return { manual: takeByHand(), ...(config.stripe ? { stripe: takeByStripe(config.stripe) } : {}) }
}
