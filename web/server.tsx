import { ColorSchemeScript } from '@mantine/core'
import { dehydrate, QueryClient } from '@tanstack/react-query'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { renderToStaticMarkup, renderToString } from 'react-dom/server'
import type { Get } from './api/client'
import type { Problem } from './api/types'
import { paths } from './paths'
import { createAppRouter, headOf } from './routes'
import { headHtml, scriptJson } from './ui/head-html'
import { Root } from './ui/root'

/**
 * Renders one page for one visitor. `fetch` answers GETs of the API on the visitor's behalf; `url` is path and query.
 * With `redirect` there is no page: answer `status` and that Location.
 */
export async function render(request: {
  url: string
  nonce: string
  fetch: Get
  origin: string
}): Promise<{ status: number; head: string; html: string; state: string; redirect?: string }> {
  const { url, nonce, fetch, origin } = request
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Infinity } } })
  let closed = false
  const get: Get = async (path) => {
    const answer = await fetch(path)
    if (answer.status === 401 && (answer.body as Partial<Problem> | undefined)?.reading) closed = true
    return answer
  }
  const router = createAppRouter({ queryClient, get }, createMemoryHistory({ initialEntries: [url] }))
  router.update({ ...router.options, origin, isServer: true })
  await router.load()

  const result = router._serverResult
  if (result?.type === 'redirect') {
    return redirection(result.redirect.headers.get('Location') ?? '/')
  }

  // Nobody but who is logged in reads here: the page is shown once they are.
  if (closed) return redirection(`${paths.login()}?${new URLSearchParams({ next: url })}`)

  const matches = router.state.matches
  const status = matches.some((match) => match.status === 'error')
    ? 500
    : matches.some((match) => match.status === 'notFound' || match._notFound)
      ? 404
      : 200

  const html = renderToString(
    <StrictMode>
      <Root queryClient={queryClient} nonce={nonce}>
        <RouterProvider router={router} />
      </Root>
    </StrictMode>,
  )
  const scheme = renderToStaticMarkup(<ColorSchemeScript nonce={nonce} defaultColorScheme="auto" />)
  const head = `${headHtml(status === 200 ? headOf(router) : undefined, origin, nonce)}\n    ${scheme}`
  const state = scriptJson({ queries: dehydrate(queryClient), hydrate: status !== 500 })
  queryClient.clear()
  return { status, head, html, state }
}

function redirection(redirect: string) {
  return { status: 302, head: '', html: '', state: 'null', redirect }
}
