import type { App } from '#http/app'
import type { Dialect } from '#dialects/dialect'
import { browsableApi } from '#dialects/browsable-api/browsable-api'
import { browsableApiRoutes } from '#dialects/browsable-api/routes'
import { eventManager } from '#dialects/event-manager/event-manager'
import { eventManagerRoutes } from '#dialects/event-manager/routes'
import { eventsFace } from '#dialects/events-face/events-face'
import { eventsFaceRoutes } from '#dialects/events-face/routes'
import { restFramework } from '#dialects/rest-framework/rest-framework'
import { restFrameworkRoutes } from '#dialects/rest-framework/routes'

/** Every dialect that is spoken, with its routes. */
export const dialects: ReadonlyArray<readonly [Dialect, (app: App) => void]> = [
  [browsableApi, browsableApiRoutes],
  [eventManager, eventManagerRoutes],
  [eventsFace, eventsFaceRoutes],
  [restFramework, restFrameworkRoutes],
]
