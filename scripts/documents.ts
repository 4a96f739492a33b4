// Writes what can be derived: docs/configuration.md from the settings, and the proofs in docs/requirements.md from the
// comments in the tests. `npm run docs`; `--check` only compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeSettings, describeUnused } from '#config'
import { projectFolder } from '#kernel/project-folder'

const CONFIGURATION = `<!-- Written by \`npm run docs\` from server/config.ts: change it there. -->

# Configuration

Turnout is configured by environment variables, and needs none to be tried out with \`npm start\`. What the environment
does not say is looked up in the file \`.env\` (\`cp .env.example .env\`), then in those of the folder \`env\` (rename
\`env-templates\`). Everything that is wrong is said at once when it
starts, and it does not start then.

${describeSettings().trim()}

## What is not looked at

The systems that Turnout replaces have settings that are not needed here. They may stay where they are.

${describeUnused().trim()}
`

/** For each row of the mission, where the tests are that name it: `// S3-19 S2-43` above a test or at its end. */
function proofs(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const files = ['server', 'test', 'web']
    .flatMap((folder) =>
      readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file}`,
      ),
    )
    .filter((file) => /\.(test|spec)\.ts$/.test(file))
    .sort()
  for (const file of files) {
    for (const [, rows = ''] of readFileSync(join(projectFolder, file), 'utf8').matchAll(
      /\/\/ ((?:S\d-\d\d[,; ]*)+)/g,
    )) {
      for (const row of rows.match(/S\d-\d\d/g) ?? []) found.set(row, (found.get(row) ?? new Set()).add(file))
    }
  }
  return found
}

function requirements(kept: string): string {
  const byRow = proofs()
  const text = kept.replace(/^\| (S\d-\d\d) \| (.*?) \|[^|]*\|$/gm, (_line, row: string, what: string) => {
    const files = [...(byRow.get(row) ?? [])].map(
      (file) => `[${file.replace(/^.*\/|\.(test|spec)\.ts$/g, '')}](../${file})`,
    )
    byRow.delete(row)
    return `| ${row} | ${what} | ${files.join(', ')} |`
  })
  if (byRow.size > 0) throw new Error(`Tests name rows that do not exist: ${[...byRow.keys()].join(', ')}`)
  return text
}

const REQUIREMENTS = readFileSync(join(projectFolder, 'docs/requirements.md'), 'utf8')
for (const [name, text] of [
  ['docs/configuration.md', CONFIGURATION],
  ['docs/requirements.md', requirements(REQUIREMENTS)],
] as const) {
  const file = join(projectFolder, name)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not what it is made from: npm run docs`)
    process.exitCode = 1
  }
}
