import type { Config } from '#config'
import type { Database } from '#db/connect'
import { browsersIn } from '#subscriptions/browsers'
import { CHANNEL_NAMES, type Channels } from './channel.ts'
import { openMail } from './email.ts'
import { openService } from './external.ts'
import { openPush } from './push.ts'
import { openSms } from './sms.ts'

/** Opens the ways out that the settings name. Connects to nobody before there is something to send. */
export function openChannels(config: Config, database: Pick<Database, 'kysely'>): Channels {
  return {
    email: openMail(config),
    ...(config.notificationService ? { service: openService(config.notificationService) } : {}),
    ...(config.twilio ? { sms: openSms(config.twilio) } : {}),
    push: openPush(config, browsersIn(database.kysely)),
  }
}

/** Closes all of them. */
export function closeChannels(channels: Channels): void {
  for (const name of CHANNEL_NAMES) channels[name]?.close()
}
