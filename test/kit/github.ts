import { hash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type GitHubUser = { id: number; login: string; name: string | null; email: string; verified: boolean }

export type FakeGitHub = {
  url: string
  clientId: string
  clientSecret: string
  /** Says yes there as somebody; answers the address that the browser is sent back to. */
  visit(address: string, user: GitHubUser): string
  stop(): Promise<void>
}

/** A GitHub of our own: OAuth 2.0 with PKCE, codes that are good once, and the two questions that we ask. */
export async function startGitHub(): Promise<FakeGitHub> {
  const codes = new Map<string, { user: GitHubUser; challenge: string }>()
  const tokens = new Map<string, GitHubUser>()
  const [clientId, clientSecret] = ['turnout-at-github', 'the-secret-of-turnout-at-github']
  const server = createServer((req, res) => {
    const send = (value: unknown, status = 200) => {
      res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value))
    }
    let body = ''
    req.on('data', (chunk: Buffer) => (body += chunk.toString()))
    req.on('end', () => {
      if (req.url === '/login/oauth/access_token') {
        const asked = new URLSearchParams(body)
        const code = asked.get('code') ?? ''
        const known = codes.get(code)
        codes.delete(code)
        const proved = known?.challenge === hash('sha256', asked.get('code_verifier') ?? '', 'base64url')
        // GitHub says no with a 200.
        if (!known || !proved || asked.get('client_secret') !== clientSecret)
          return send({ error: 'bad_verification_code' })
        const token = `gho_${randomBytes(18).toString('hex')}`
        tokens.set(token, known.user)
        return send({ access_token: token, token_type: 'bearer', scope: 'read:user,user:email' })
      }
      const user = tokens.get((req.headers.authorization ?? '').replace(/^bearer /i, ''))
      if (!user || !req.headers['user-agent']) return send({ message: 'Bad credentials' }, 401)
      if (req.url === '/api/v3/user') return send({ id: user.id, login: user.login, name: user.name })
      if (req.url === '/api/v3/user/emails')
        return send([
          { email: 'other@example.net', primary: false, verified: true },
          { email: user.email, primary: true, verified: user.verified },
        ])
      send({ message: 'Not Found' }, 404)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId,
    clientSecret,
    visit(address, user) {
      const asked = new URL(address).searchParams
      if (asked.get('client_id') !== clientId || asked.get('code_challenge_method') !== 'S256')
        throw new Error('not us')
      const code = randomBytes(10).toString('hex')
      codes.set(code, { user, challenge: asked.get('code_challenge')! })
      const back = new URL(asked.get('redirect_uri')!)
      back.searchParams.set('code', code)
      back.searchParams.set('state', asked.get('state')!)
      return back.href
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
