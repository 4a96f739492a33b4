import { browserGet, read } from '../api/client'
import type { Asked } from '../api/operations'

type Push = NonNullable<Asked<'post', '/events/{eventId}/subscriptions'>['body']>['push']

/** Lets this browser be written to, if its owner agrees; null where it cannot or may not. */
export async function pushOfThisBrowser(): Promise<Push | null> {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return null
  if ((await Notification.requestPermission()) !== 'granted') return null
  const [{ key }] = await Promise.all([read(browserGet, '/push-key'), navigator.serviceWorker.register('/sw.js')])
  const { pushManager } = await navigator.serviceWorker.ready
  let subscription = await pushManager.getSubscription()
  if (subscription && keyOf(subscription) !== key) {
    await subscription.unsubscribe() // it was made for another key, and would take nothing from ours
    subscription = null
  }
  try {
    subscription ??= await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  } catch {
    return null // its push service cannot be reached
  }
  const { endpoint, keys } = subscription.toJSON()
  if (!endpoint || !keys?.['p256dh'] || !keys['auth']) return null
  return { endpoint, keys: { p256dh: keys['p256dh'], auth: keys['auth'] } }
}

function keyOf({ options }: PushSubscription): string {
  const bytes = String.fromCharCode(...new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0)))
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
