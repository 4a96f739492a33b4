import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig, settings } from '#config'
import { projectFolder } from '#kernel/project-folder'

const read = (file: string) => readFileSync(join(projectFolder, file), 'utf8')
const { scripts, license } = JSON.parse(read('package.json')) as { scripts: Record<string, string>; license: string }

describe('what somebody finds who opens the repository', () => {
  // S4-01 S2-59 S3-68 S3-69 S1-76
  test('every `npm run` command that a document names exists', () => {
    const documents = ['README.md', 'CONTRIBUTING.md', 'docs/operating.md', 'bench/README.md']
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/npm (?:run )?(start|test|[a-z]+(?:[:-][a-z]+)*)/g)].map(([, name]) => name!),
    )
    const commands = new Set(named.filter((name) => !['ci', 'run', 'registry'].includes(name)))
    expect(commands.size).toBeGreaterThan(8)
    for (const name of commands) expect(Object.keys(scripts), name).toContain(name)
  })

  // S1-58
  test('make has the names that others type, and each stands for something that there is', () => {
    const makefile = read('Makefile')
    for (const target of ['run', 'migrate', 'makemigrations', 'csu', 'format', 'check', 'test', 'build', 'run_all'])
      expect(makefile).toMatch(new RegExp(`^${target}: ## \\S`, 'm'))
    for (const [, name] of makefile.matchAll(/\tnpm (?:run )?([a-z:-]+)/g)) expect(Object.keys(scripts)).toContain(name)
    const usage = read('server/main.ts')
    const commands = [...makefile.matchAll(/\$\(TURNOUT\) ([a-z-]+)/g)].map(([, command]) => command!)
    expect(commands.length).toBeGreaterThan(4)
    for (const command of commands) expect(usage).toMatch(new RegExp(`^  ${command} `, 'm'))
  })

  // S4-18
  test('every part of the program has tests beside it, and the whole has journeys, races and a browser', () => {
    const folders = (of: string) =>
      readdirSync(join(projectFolder, of), { withFileTypes: true })
        .filter((each) => each.isDirectory())
        .map((each) => `${of}/${each.name}`)
    const parts = ['server/kernel', 'server/db', 'server/http', ...folders('server/modules')]
    expect(parts.length).toBeGreaterThan(8)
    for (const part of [...parts, 'test/journeys', 'test/races', 'test/browser']) {
      const files = readdirSync(join(projectFolder, part), { recursive: true, encoding: 'utf8' })
      expect(
        files.some((file) => /\.(test|spec)\.ts$/.test(file)),
        part,
      ).toBe(true)
    }
  })

  test('ARCHITECTURE.md names every module, where it lists them and where it says who calls whom', () => {
    const architecture = read('ARCHITECTURE.md')
    const listed = /^\| `server\/modules\/` \| (.*)$/m.exec(architecture)![1]!
    const [, arrows] = /## Who may import whom\s+```\n([\s\S]*?)```/.exec(architecture)!
    for (const module of readdirSync(join(projectFolder, 'server/modules')))
      for (const part of [listed, arrows]) expect(part).toMatch(new RegExp(`\\b${module}\\b`))
    for (const folder of readdirSync(join(projectFolder, 'server'), { withFileTypes: true }))
      if (folder.isDirectory()) expect(architecture).toContain(`\`server/${folder.name}/\``)
  })

  // S1-15
  test('commits are checked before they are made', () => {
    expect(scripts.prepare).toContain('husky')
    expect(read('.husky/pre-commit')).toMatch(/eslint|lint/)
  })

  // S3-72
  test('the licence is MIT, and contributing is explained', () => {
    expect([license, read('LICENSE').split('\n')[0]]).toEqual(['MIT', 'MIT License'])
    expect(read('CONTRIBUTING.md')).toMatch(/Fork[\s\S]*git checkout -b[\s\S]*pull request/)
  })

  // S1-17
  test('.env.example names settings that there are, with values that are read', () => {
    const lines = read('.env.example')
      .split('\n')
      .filter((line) => /^[A-Z]/.test(line))
    const env = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    for (const name of Object.keys(env)) expect(Object.keys(settings), name).toContain(name)
    const config = readConfig('production', { ...env, SECRET_KEY: 'mC4z0hQm7xW2pVb9tYkR5sLd8fGj1aNu' })
    expect(config).toMatchObject({
      baseUrl: 'https://events.example.org',
      port: 8000,
      smtp: { host: 'smtp.example.org' },
    })
  })

  // S1-25
  test('the port has the name that others give it, too', () => {
    expect(readConfig('test', { APP_PORT: '8123', SECRET_KEY: 'mC4z0hQm7xW2pVb9tYkR5sLd8fGj1aNu' }).port).toBe(8123)
  })
})
