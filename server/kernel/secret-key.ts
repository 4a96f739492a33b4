import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const SHORTEST = 32

/** Why production does not start with this key; empty when it is good. */
export function weaknessesOf(key: string): string[] {
  if (!key) return ['SECRET_KEY is required in production; `openssl rand -base64 48` makes one']
  if (key.length < SHORTEST) return [`SECRET_KEY is too short: at least ${SHORTEST} characters`]
  if (new Set(key).size < 12 || /change|secret|example|your-|default/i.test(key))
    return ['SECRET_KEY looks like an example; make one of your own']
  return []
}

/** The key that this file keeps, made at the first time; undefined when the file is damaged. */
export function keptSecret(file: string): string | undefined {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, randomBytes(48).toString('base64'), { mode: 0o600, flush: true })
    renameSync(draft, file)
  }
  const secret = readFileSync(file, 'utf8').trim()
  return secret.length < SHORTEST ? undefined : secret
}
