import type { App } from '#http/app'
import { accountRoutes } from './account-routes.ts'
import { eventRoutes } from './event-routes.ts'
import { externalEventRoutes } from './external-event-routes.ts'
import { registrationRoutes } from './registration-routes.ts'
import { reviewRoutes } from './review-routes.ts'

/** `/api/auth/`, `/api/register/`, `/api/login/`, `/api/events/`, `/api/my-registrations/`, `/api/external-events/` and `/api/users/profile/`. */
export function restFrameworkRoutes(app: App): void {
  accountRoutes(app)
  eventRoutes(app)
  registrationRoutes(app)
  reviewRoutes(app)
  externalEventRoutes(app)
}
