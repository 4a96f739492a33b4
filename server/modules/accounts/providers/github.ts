import type { ProviderClient } from '#config'
import { failureOf, guard, loadClient, parametersOf } from './protocol.ts'
import type { LogInProvider, Person } from './provider.ts'

const SCOPE = 'read:user user:email'

type User = { id: number; login: string; name: string | null }
type Email = { email: string; primary: boolean; verified: boolean }

/** GitHub, which speaks OAuth 2.0 and no OpenID: who somebody is, it has to be asked. */
export function gitHub(settings: ProviderClient & { url: string }): LogInProvider {
  const home = new URL(settings.url)
  const { origin } = home
  const api = origin === 'https://github.com' ? 'https://api.github.com' : `${origin}/api/v3`

  async function configure() {
    const client = await loadClient()
    const { clientId, clientSecret } = settings
    const server = {
      issuer: origin,
      authorization_endpoint: `${origin}/login/oauth/authorize`,
      token_endpoint: `${origin}/login/oauth/access_token`,
    }
    const configuration = new client.Configuration(
      server,
      clientId,
      clientSecret,
      client.ClientSecretPost(clientSecret),
    )
    return { client, configuration: guard(client, configuration, home) }
  }

  return {
    name: 'GitHub',
    issuer: origin,
    async begin(trip) {
      try {
        const { client, configuration } = await configure()
        return { url: client.buildAuthorizationUrl(configuration, parametersOf(trip, SCOPE)) }
      } catch (error) {
        return failureOf(error)
      }
    },
    async finish(address, trip) {
      try {
        const { client, configuration } = await configure()
        const { access_token: token } = await client.authorizationCodeGrant(configuration, address, {
          pkceCodeVerifier: trip.verifier,
          expectedState: trip.state,
        })
        const ask = async (path: string): Promise<unknown> => {
          const headers = new Headers({ accept: 'application/vnd.github+json' })
          const url = new URL(`${api}${path}`)
          const answer = await client.fetchProtectedResource(configuration, token, url, 'GET', undefined, headers)
          if (answer.status !== 200) throw new Error(`GitHub answered ${answer.status}`)
          return answer.json()
        }
        const user = (await ask('/user')) as User
        const emails = (await ask('/user/emails')) as Email[]
        if (!Number.isSafeInteger(user.id) || !Array.isArray(emails)) throw new Error('GitHub answered something else')
        return { person: personOf(origin, user, emails) }
      } catch (error) {
        return failureOf(error)
      }
    },
  }
}

function personOf(issuer: string, user: User, emails: Email[]): Person {
  const primary = emails.find((each) => each.primary)
  return {
    issuer,
    subject: String(user.id), // log-in names are given to others when somebody changes theirs
    email: primary?.email ?? null,
    emailVerified: primary?.verified === true,
    username: user.login,
    firstName: user.name ?? '',
    lastName: '',
  }
}
