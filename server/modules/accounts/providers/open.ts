import type { Config } from '#config'
import { gitHub } from './github.ts'
import { openIdProvider } from './openid.ts'
import type { LogInProviders } from './provider.ts'

declare module '#kernel/ctx' {
  interface Ports {
    /** Who vouches for people, in the order in which they are shown. */
    logInProviders: LogInProviders
  }
}

const GOOGLE = { name: 'Google', issuer: 'https://accounts.google.com' }

/** Those that are set. Nobody is asked anything yet. */
export function openLogInProviders({
  providers: { openid, google, github },
}: Pick<Config, 'providers'>): LogInProviders {
  const providers: LogInProviders = new Map()
  if (openid) providers.set('openid', openIdProvider(openid))
  if (google) providers.set('google', openIdProvider({ ...google, ...GOOGLE }))
  if (github) providers.set('github', gitHub(github))
  return providers
}
