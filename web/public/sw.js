// Shows what was pushed to this browser, and opens the page that it is about. It keeps nothing and answers no requests.

/**
 * A service worker's own names, which are not those of a window.
 * @type {any}
 */
const worker = self

worker.addEventListener('push', (/** @type {any} */ event) => {
  const { title = 'Turnout', body = '', url = '/', tag } = event.data ? event.data.json() : {}
  const again = tag ? { tag, renotify: true } : {}
  event.waitUntil(worker.registration.showNotification(title, { body, icon: '/favicon.svg', data: { url }, ...again }))
})

worker.addEventListener('notificationclick', (/** @type {any} */ event) => {
  event.notification.close()
  const url = new URL(event.notification.data.url, worker.location.origin)
  if (url.origin !== worker.location.origin) return
  event.waitUntil(show(url.href))
})

/** @param {string} address */
async function show(address) {
  const windows = await worker.clients.matchAll({ type: 'window' })
  const there = windows.find((/** @type {{ url: string }} */ client) => client.url === address)
  return there ? there.focus() : worker.clients.openWindow(address)
}
