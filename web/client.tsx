import { hydrate, QueryClient, type DehydratedState } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import { browserGet } from './api/client'
import { createAppRouter, headOf } from './routes'
import { titleOf } from './ui/head'
import { Root } from './ui/root'

const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
const state = JSON.parse(document.getElementById('state')?.textContent ?? 'null') as {
  queries: DehydratedState
  hydrate: boolean
} | null
const container = document.getElementById('root')!

const queryClient = new QueryClient({
  // A refusal stays a refusal when asked again; only what never arrived is worth another try, by the visitor.
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 10_000 } },
})
if (state) hydrate(queryClient, state.queries)

const router = createAppRouter({ queryClient, get: browserGet })

// Outside TanStack Start the browser would wrap the page in a Suspense that the server did not: React error 418.
router.ssr = { manifest: undefined }
await router.load()

const app = (
  <StrictMode>
    <Root queryClient={queryClient} nonce={nonce}>
      <RouterProvider router={router} />
    </Root>
  </StrictMode>
)

// What the server failed to show may well succeed here; then the two would not match.
if (state?.hydrate) hydrateRoot(container, app)
else createRoot(container).render(app)

router.subscribe('onResolved', () => {
  document.title = titleOf(headOf(router))
})
