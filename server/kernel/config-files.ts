import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The settings in a JSON file, whose objects are the beginnings of names: `{"smtp": {"port": 2500}}` is SMTP_PORT. Adds to
 * `faults` what cannot be read and what is no setting, and answers the rest.
 */
export function settingsIn(file: string, isKnown: (name: string) => boolean, faults: string[]): Record<string, string> {
  const found: Record<string, string> = {}
  const gather = (value: unknown, path: readonly string[]): void => {
    if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) gather(inner, [...path, key])
      return
    }
    const name = path.join('_').toUpperCase()
    if (path.length === 0) faults.push('CONFIG_FILE must hold an object')
    else if (!isKnown(name)) faults.push(`CONFIG_FILE has ${path.join('.')}, which is no setting`)
    else if (Array.isArray(value)) found[name] = value.join(',')
    else if (typeof value === 'string') found[name] = value
    else if (value !== null) found[name] = JSON.stringify(value)
  }
  try {
    gather(JSON.parse(readFileSync(file, 'utf8')), [])
  } catch (error) {
    faults.push(`CONFIG_FILE cannot be read: ${(error as Error).message}`)
  }
  return found
}

/** The file `.env` and those in the folder `env`, which `env-templates` becomes when it is renamed; the first that says something counts. */
export function envFilesIn(folder: string): string[] {
  const inside = join(folder, 'env')
  const files = existsSync(inside) ? readdirSync(inside).sort() : []
  return [
    join(folder, '.env'),
    ...files.filter((file) => file.endsWith('.env')).map((file) => join(inside, file)),
  ].filter((file) => existsSync(file))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
