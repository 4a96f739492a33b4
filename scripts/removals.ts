import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '#kernel/project-folder'

// `npm run removals`: removes one guard after the other in copies of the project and runs the test that should notice: one
// that stays green guards nothing. `-- S6 S7` for some rows, `-- --missing` for what the page does not have yet. Writes what
// was seen to docs/guards.md, and leaves there what was not looked at again.

type Removal = {
  row: string
  guard: string
  file: string | string[]
  find: string | string[]
  replace: string | string[]
  test: string
  name: string
}
type Entry = Removal | { row: string; absent: string }
type Report = { testResults: { assertionResults: { status: string; failureMessages?: string[] }[] }[] }

const LIMIT_MS = 120_000
const AT_ONCE = 2
const PAGE = join(projectFolder, 'docs/guards.md')
const SEEN = { red: 'red', green: '**stays green**', unclear: '**not clear**' } as const

const listed = JSON.parse(readFileSync(join(projectFolder, 'test/guards/removals.json'), 'utf8')) as Entry[]
const seen = new Map(existsSync(PAGE) ? [...readFileSync(PAGE, 'utf8').matchAll(/^(\| S\d+ \| .* \| `\S+`) \| (.*) \|$/gm)].map(([, line, how]) => [line!, how!] as const) : []) // prettier-ignore
const rows = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))
const onlyMissing = process.argv.includes('--missing')
const waiting = listed.filter((entry): entry is Removal => {
  const isChosen = rows.length === 0 || rows.includes(entry.row)
  return isChosen && 'guard' in entry && !(onlyMissing && seen.get(lineOf(entry)) === SEEN.red)
})

const counts = { red: 0, green: 0, unclear: 0 }
await Promise.all(Array.from({ length: AT_ONCE }, workThrough))
console.log(`${counts.red} red, ${counts.green} stayed green, ${counts.unclear} not clear`)
process.exitCode = counts.green + counts.unclear > 0 ? 1 : 0

async function workThrough(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'turnout-removals-'))
  try {
    for (const part of ['server', 'test', 'web', 'scripts', 'docs', 'bench'])
      cpSync(join(projectFolder, part), join(copy, part), { recursive: true })
    for (const file of ['package.json', 'tsconfig.json', 'vitest.config.ts', 'README.md'])
      cpSync(join(projectFolder, file), join(copy, file))
    symlinkSync(join(projectFolder, 'node_modules'), join(copy, 'node_modules'))
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      const how = await withoutIt(copy, entry)
      counts[how]++
      console.log(`${how.padEnd(7)} ${entry.row} ${entry.guard}`)
      seen.set(lineOf(entry), SEEN[how])
      writeFileSync(PAGE, page())
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

async function withoutIt(copy: string, { file, find, replace, test, name }: Removal): Promise<keyof typeof SEEN> {
  const kept = new Map<string, string>()
  for (const [at, path] of [file].flat().entries()) {
    const full = join(copy, path)
    const text = readFileSync(full, 'utf8')
    if (!kept.has(full)) kept.set(full, text)
    writeFileSync(
      full,
      text.replace([find].flat()[at]!, () => [replace].flat()[at]!),
    )
  }
  try {
    return await outcome(copy, test, name)
  } finally {
    for (const [full, text] of kept) writeFileSync(full, text)
  }
}

/** Red: a test of this name failed, and not by taking too long. Not clear: none was run, or nothing can be told. */
async function outcome(copy: string, test: string, name: string): Promise<keyof typeof SEEN> {
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const args = ['vitest', 'run', test, '-t', name, '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn('npx', args, { cwd: copy, stdio: 'ignore', timeout: LIMIT_MS })
  await new Promise((resolve) => child.on('exit', resolve))
  if (!existsSync(report)) return 'unclear'
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  const results = testResults.flatMap((each) => each.assertionResults)
  const failed = results.filter(({ status }) => status === 'failed')
  if (failed.some(({ failureMessages = [] }) => !failureMessages.join().includes('timed out'))) return 'red'
  return failed.length === 0 && results.some(({ status }) => status === 'passed') ? 'green' : 'unclear'
}

function lineOf({ row, guard, test }: Removal): string {
  return `| ${row} | ${guard.replaceAll('|', '\\|')} | \`${test}\``
}

function page(): string {
  const lines = listed.map((entry) =>
    'absent' in entry
      ? `| ${entry.row} | there is none: ${entry.absent} | – | – |`
      : `${lineOf(entry)} | ${seen.get(lineOf(entry)) ?? 'not looked at yet'} |`,
  )
  return `# Guards

What keeps people out, and the test that notices when it is gone. Each guard is removed from a copy of the project, and its
test is run: \`npm run removals\` does that and writes this page. The list is \`test/guards/removals.json\`; the rows are those of
the attacks that we defend against.

| row | guard | test | without it |
|---|---|---|---|
${lines.join('\n')}
`
}
