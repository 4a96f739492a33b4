import type { Config } from '#config'
import { feedProvider } from './feed.ts'
import { icsProvider } from './ics.ts'
import type { Provider, ProviderName } from './provider.ts'
import { seatgeek } from './seatgeek.ts'
import { ticketmaster } from './ticketmaster.ts'

const opened = new WeakMap<object, Record<ProviderName, Provider>>()

/** All that there are, as they are set. Nobody is asked anything yet. */
export function providersOf(config: Pick<Config, 'sync' | 'seriesHorizonDays'>): Record<ProviderName, Provider> {
  let all = opened.get(config)
  if (!all) {
    const { sync, seriesHorizonDays } = config
    all = { feed: feedProvider(sync), ics: icsProvider(sync, seriesHorizonDays), ticketmaster: ticketmaster(sync), seatgeek: seatgeek(sync) } // prettier-ignore
    opened.set(config, all)
  }
  return all
}
