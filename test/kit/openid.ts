import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** What the provider says of somebody, besides who they are. */
export type Claims = {
  email?: string
  email_verified?: unknown
  preferred_username?: string
  given_name?: string
  family_name?: string
}

export type OpenId = {
  issuer: string
  clientId: string
  clientSecret: string
  people: Map<string, Claims>
  /** Logs in there as somebody, or says no there, with a browser of its own; answers the address that it is sent back to. */
  visit(address: string, subject: string | null): Promise<string>
  stop(): Promise<void>
}

/** A real OpenID provider, which wants PKCE of everybody and takes each code once; on any free port, unless one is named. */
export async function startOpenId(redirectUris: string[], port = 0): Promise<OpenId> {
  const server = createServer((req, res) => void answer(req, res)).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const [clientId, clientSecret] = ['turnout', 'the-secret-of-turnout-at-the-provider']
  const people = new Map<string, Claims>()
  const provider: Provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['preferred_username', 'given_name', 'family_name'],
    },
    findAccount: (_: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId, ...people.get(accountId) }),
    }),
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    cookies: { keys: ['for tests only'] },
    // Nobody is asked what of them may be told.
    async loadExistingGrant({ oidc }: { oidc: { session: { accountId: string } } }) {
      const grant = new provider.Grant({ clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
    ttl: { Grant: 600, Session: 600, Interaction: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 600 },
  })
  const rest = provider.callback()
  async function answer(...[req, res]: Parameters<typeof rest>): Promise<void> {
    if (!req.url?.startsWith('/interaction/')) return rest(req, res)
    const subject = req.headers['x-subject']
    const result = subject ? { login: { accountId: subject } } : { error: 'access_denied', error_description: 'no' }
    await provider.interactionFinished(req, res, result)
  }

  return {
    issuer,
    clientId,
    clientSecret,
    people,
    async visit(address, subject) {
      const cookies = new Map<string, string>()
      for (let next = address, hops = 0; hops < 8; hops++) {
        const response = await fetch(next, {
          redirect: 'manual',
          headers: {
            cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
            ...(subject === null ? {} : { 'x-subject': subject }),
          },
        })
        for (const cookie of response.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
          cookies.set(name!, value!)
        }
        const location = response.headers.get('location')
        if (!location) throw new Error(`the provider answered ${response.status}: ${await response.text()}`)
        next = new URL(location, next).href
        if (new URL(next).origin !== issuer) return next
      }
      throw new Error('the provider sends people round in circles')
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
