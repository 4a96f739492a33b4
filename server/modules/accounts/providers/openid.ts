import type { Configuration } from 'openid-client'
import type { ProviderClient } from '#config'
import { failureOf, guard, guardedFetch, loadClient, parametersOf } from './protocol.ts'
import type { LogInProvider, Person } from './provider.ts'

const SCOPE = 'openid profile email'
const KEPT_MS = 60 * 60 * 1_000

/** Any OpenID provider that says of itself what it can do. */
export function openIdProvider(settings: ProviderClient & { issuer: string; name: string }): LogInProvider {
  const issuer = new URL(settings.issuer)
  let known: { configuration: Promise<Configuration>; until: number } | undefined

  /** What the provider says of itself; asked again after an hour, and after it could not be asked. */
  function configure(): Promise<Configuration> {
    if (known && known.until > Date.now()) return known.configuration
    const configuration = discover()
    known = { configuration, until: Date.now() + KEPT_MS }
    configuration.catch(() => (known = undefined))
    return configuration
  }

  async function discover(): Promise<Configuration> {
    const client = await loadClient()
    const { clientId, clientSecret } = settings
    const found = await client.discovery(issuer, clientId, clientSecret, undefined, {
      [client.customFetch]: guardedFetch(issuer),
      ...(issuer.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
    })
    const server = found.serverMetadata()
    // What is not said is Basic, by the protocol.
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const secretly = methods.includes('client_secret_basic') ? client.ClientSecretBasic : client.ClientSecretPost
    return guard(client, new client.Configuration(server, clientId, clientSecret, secretly(clientSecret)), issuer)
  }

  return {
    name: settings.name,
    issuer: settings.issuer,
    async begin(trip) {
      try {
        const client = await loadClient()
        const parameters = { ...parametersOf(trip, SCOPE), nonce: trip.nonce }
        return { url: client.buildAuthorizationUrl(await configure(), parameters) }
      } catch (error) {
        return failureOf(error)
      }
    },
    async finish(address, trip) {
      try {
        const client = await loadClient()
        const configuration = await configure()
        const tokens = await client.authorizationCodeGrant(configuration, address, {
          pkceCodeVerifier: trip.verifier,
          expectedState: trip.state,
          expectedNonce: trip.nonce,
          idTokenExpected: true,
        })
        const claims = tokens.claims()!
        const asked = configuration.serverMetadata().userinfo_endpoint
          ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : {}
        return { person: personOf({ ...claims, ...asked, iss: claims.iss, sub: claims.sub }) }
      } catch (error) {
        return failureOf(error)
      }
    },
  }
}

function personOf(claims: Record<string, unknown> & { iss: string; sub: string }): Person {
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: textOf(claims.email) || null,
    emailVerified: claims.email_verified === true, // not "true", nor 1: who cannot say it properly has not said it
    username: textOf(claims.preferred_username) || textOf(claims.nickname) || textOf(claims.name),
    firstName: textOf(claims.given_name),
    lastName: textOf(claims.family_name),
  }
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : ''
}
