import './styles'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { cssVariablesResolver, theme } from './theme'

/** What server and browser wrap around the router; the nonce goes on Mantine's style element. */
export function Root(props: { queryClient: QueryClient; nonce: string; children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => props.nonce}
    >
      <QueryClientProvider client={props.queryClient}>{props.children}</QueryClientProvider>
    </MantineProvider>
  )
}
