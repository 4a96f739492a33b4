import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { linkToken } from './links.ts'
import { projectFolder } from './project-folder.ts'

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
