import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { linkToken } from './links.ts'
import { projectFolder } from './project-folder.ts'
import { aVenue, openKit } from '../../test/kit/kit.ts'

const kit = await openKit()

/** What a program that does this with its log leaves on its standard output. */
function logged(code: string): Record<string, unknown>[] {
  const program = `import { logAnswer, openLog } from '#kernel/log'
    const log = openLog({ logLevel: 'info', mode: 'test' })
    const answer = { reqId: 'r-1', method: 'GET', url: '/', status: 200, ms: 1.26, from: '127.0.0.1' }
    ${code}`
  const out = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: projectFolder,
    encoding: 'utf8',
  })
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('the log', () => {
  test('loses no line when the program just ends, or is ended', () => {
    expect(logged(`log.info('one'); log.warn({ n: 2 }, 'two')`)).toMatchObject([{ msg: 'one' }, { msg: 'two', n: 2 }])
    expect(logged(`log.info('last'); process.exit(0)`)).toMatchObject([{ msg: 'last' }])
  })

  test('is one line of JSON for each answer, whatever the address and the sender say', () => {
    const odd = ['/a?b="c"', '/\\"', '/r/secret.signed', '/x?token=abc&y=1', '/ü', '/plain']
    const lines = logged(
      `for (const url of ${JSON.stringify(odd)}) logAnswer(log, { ...answer, url, from: '1.2.3.4","level":"fatal' })`,
    )
    expect(lines.map((line) => line.url)).toEqual([
      '/a?b="c"',
      '/\\"',
      '/r/[redacted]',
      '/x?token=[redacted]&y=1',
      '/ü',
      '/plain',
    ])
    for (const line of lines) expect(line).toMatchObject({ level: 'info', from: '1.2.3.4","level":"fatal', ms: 1.3 })
  })

  // reliability S32
  test('hides what a secret parameter says, however its name is spelled', () => {
    const spelled = ['/x?t%6Fken=abc&y=1', '/x?%74%6f%6b%65%6e=abc', '/x?y=1&Pass%57ord=abc', '/x?to%ken=1']
    const lines = logged(`for (const url of ${JSON.stringify(spelled)}) logAnswer(log, { ...answer, url })`)
    expect(lines.map((line) => line.url)).toEqual([
      '/x?t%6Fken=[redacted]&y=1',
      '/x?%74%6f%6b%65%6e=[redacted]',
      '/x?y=1&Pass%57ord=[redacted]',
      '/x?to%ken=1', // is read as no name at all
    ])
  })

  // reliability S32
  test('says of what the database refused what went wrong, and not what the row says', async () => {
    await aVenue(kit.ctx, 'zzcanaryzz')
    const error: Error = await aVenue(kit.ctx, 'zzcanaryzz').then(String, (refused) => refused)
    expect(error).toMatchObject({ detail: expect.stringContaining('zzcanaryzz') }) // as it comes from there
    const same = `Object.assign(new Error(${JSON.stringify(error.message)}), ${JSON.stringify({ ...error })})`
    const lines = logged(`log.error({ err: ${same} }, 'it failed')`)
    expect(lines).toMatchObject([{ err: { code: '23505', constraint: 'venues_name_key', detail: '[redacted]' } }])
    expect(JSON.stringify(lines)).not.toContain('zzcanaryzz')
  })

  test('shows of the address of a link that opens something no more than where it leads', () => {
    const id = '01a1fb8e-356e-7288-bcaf-48bd3d3ea178'
    const link = linkToken({ secretKey: 'mC4z0hQm7xW2pVb9tYkR5sLd8fGj1aNu' }, 'any', id)
    const paths = [
      '/api/v1/unsubscriptions/',
      '/unsubscribe/',
      '/api/v1/subscription-links/',
      '/s/',
      '/team/',
      '/api/v1/team-invitations/',
    ]
    const invitation = '/api/v1/team-invitations/'
    const lines = logged(
      `for (const url of ${JSON.stringify([
        ...paths.map((path) => path + link),
        `${invitation}${link}/acceptance`,
        `${invitation}${link}/refusal`,
        `/keys/tk_${'k'.repeat(43)}`,
        `/team/${id}`,
      ])}) logAnswer(log, { ...answer, url })`,
    )
    expect(lines.map((line) => line.url)).toEqual([
      ...paths.map((path) => `${path}[redacted]`),
      `${invitation}[redacted]/acceptance`,
      `${invitation}[redacted]/refusal`,
      '/keys/[redacted]',
      `/team/${id}`,
    ])
  })
})
