// What a house that vouches for people has to be able to do. What goes wrong there is an answer, not an exception.

/** One way there and back. All of it is new each time and known to nobody but the browser and us. */
export type Trip = {
  /** Where the provider sends people back to. */
  redirectUri: string
  state: string
  nonce: string
  /** What the challenge that goes there is the hash of (PKCE). */
  verifier: string
}

/** Somebody whom a provider knows. Who they are is issuer and subject; the rest is what it says about them. */
export type Person = {
  issuer: string
  subject: string
  email: string | null
  /** Whether the provider says that they read the mail of that address. */
  emailVerified: boolean
  username: string
  firstName: string
  lastName: string
}

/** denied: the person said no. unavailable: the provider does not answer. refused: what came back is not to be believed. */
export type Failure = { failed: 'denied' | 'unavailable' | 'refused'; reason: string }

export type LogInProvider = {
  /** What it is called where people log in. */
  name: string
  issuer: string
  /** Where to send the browser. */
  begin(trip: Trip): Promise<{ url: URL } | Failure>
  /** Who came back, at this address. */
  finish(address: URL, trip: Trip): Promise<{ person: Person } | Failure>
}

/** By the word that stands for them in addresses. */
export type LogInProviders = Map<string, LogInProvider>
