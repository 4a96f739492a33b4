import { pino, type Logger } from 'pino'
import type { Config } from '#config'

const SECRETS = ['password', 'oldPassword', 'newPassword', 'accessToken', 'refreshToken', 'token', 'authorization', 'cookie', 'secret', 'secretKey']

/** The structured log: JSON lines with secrets taken out by name, at any depth we log at. */
export function openLog(config: Pick<Config, 'logLevel' | 'mode'>): Logger {
  return pino({
    level: config.logLevel,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `headers["${name}"]`, `*.headers["${name}"]`]), censor: '[redacted]' },
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
  })
}

/** An address as it may stand in a log: links that let people in end in dots. */
export function withoutSecrets(url: string): string {
  return url.replace(/(\/guest-links\/|\/r\/)[^/?]+/, '$1[redacted]').replace(/([?&](?:token|code|key)=)[^&]+/gi, '$1[redacted]')
}
