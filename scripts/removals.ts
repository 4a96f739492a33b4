import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '#kernel/project-folder'

// `npm run removals`: removes one guard after the other in a copy of the project and runs the test that should notice.
// A test that stays green guards nothing. Writes docs/guards.md. Takes a quarter of an hour; `-- S6 S7` for some rows.

type Removal = {
  row: string
  guard: string
  file: string | string[]
  find: string | string[]
  replace: string | string[]
  test: string
  name: string
}
type Missing = { row: string; absent: string }
export type Entry = Removal | Missing

const LIMIT_MS = 240_000

const listed = JSON.parse(readFileSync(join(projectFolder, 'test/guards/removals.json'), 'utf8')) as Entry[]
const rows = process.argv.slice(2)
const chosen = listed.filter(({ row }) => rows.length === 0 || rows.includes(row))

const copy = mkdtempSync(join(tmpdir(), 'turnout-removals-'))
try {
  for (const part of ['server', 'test', 'web', 'scripts', 'docs', 'bench']) {
    cpSync(join(projectFolder, part), join(copy, part), { recursive: true })
  }
  for (const file of ['package.json', 'tsconfig.json', 'vitest.config.ts', 'README.md', '.gitignore'])
    cpSync(join(projectFolder, file), join(copy, file))
  symlinkSync(join(projectFolder, 'node_modules'), join(copy, 'node_modules'))
  let green = 0
  const lines: string[] = []
  for (const entry of chosen) {
    if ('absent' in entry) {
      lines.push(`| ${entry.row} | ${entry.absent} | – | – |`)
      continue
    }
    const red = await isRedWithout(entry)
    if (!red) green++
    console.log(`${red ? 'red  ' : 'GREEN'} ${entry.row} ${entry.guard}`)
    lines.push(`| ${entry.row} | ${entry.guard} | \`${entry.test}\` | ${red ? 'red' : '**stays green**'} |`)
  }
  console.log(`${chosen.length} lines, ${green} stayed green`)
  if (rows.length === 0) writeFileSync(join(projectFolder, 'docs/guards.md'), page(lines))
  process.exitCode = green > 0 ? 1 : 0
} finally {
  rmSync(copy, { recursive: true, force: true })
}

/** Whether the named tests pass as it is, and one of them fails once the guard is gone. */
async function isRedWithout({ file, find, replace, test, name }: Removal): Promise<boolean> {
  if ((await outcome(test, name)) !== 'passed') throw new Error(`${test} -t "${name}" does not pass as it is`)
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
    return (await outcome(test, name)) === 'failed'
  } finally {
    for (const [full, text] of kept) writeFileSync(full, text)
  }
}

/** What became of the tests of this name. `broken`: none of them was run. */
async function outcome(test: string, name: string): Promise<'passed' | 'failed' | 'broken'> {
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const args = ['vitest', 'run', test, '-t', name, '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn('npx', args, { cwd: copy, stdio: 'ignore', timeout: LIMIT_MS })
  await new Promise((resolve) => child.on('exit', resolve))
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
    if (numFailedTests! > 0) return 'failed'
    return numPassedTests! > 0 ? 'passed' : 'broken'
  } catch {
    return 'broken'
  }
}

function page(lines: string[]): string {
  return `# Guards

What keeps people out, and the test that notices when it is gone: each guard was removed from a copy of the project, and the
test was run. \`npm run removals\` does it again and writes this page; the list is \`test/guards/removals.json\`. The rows are
those of the attacks that we defend against.

| row | guard | test | without it |
|---|---|---|---|
${lines.join('\n')}
`
}
