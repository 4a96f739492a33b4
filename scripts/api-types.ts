// Writes web/api/schema.d.ts, the API as its own document describes it: `npm run api-types`. `--check` only compares.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { format, resolveConfig } from 'prettier'
import { buildApp } from '#app'
import { readConfig } from '#config'
import { dialects } from '#dialects/dialects'
import { connectEmbedded } from '#db/connect'
import { openLog } from '#kernel/log'
import { projectFolder } from '#kernel/project-folder'
import { openSurroundings } from '../server/surroundings.ts'

const file = join(projectFolder, 'web/api/schema.d.ts')

// The routes alone make the document: the database behind them stays empty.
const config = readConfig('test', { SECRET_KEY: 'for-the-document-only-0123456789-abcdef', LOG_LEVEL: 'silent' })
const { ctx, close } = openSurroundings(config, openLog(config), await connectEmbedded({}))
const app = await buildApp(ctx, { pages: false })
await app.ready()
const document = app.swagger() as OpenAPI3
// The web app speaks the native API alone.
const spoken = new Set(dialects.map(([{ tag }]) => tag))
for (const [path, operations] of Object.entries(document.paths ?? {}) as [
  string,
  Record<string, { tags?: string[] }>,
][]) {
  if (Object.values(operations).some(({ tags = [] }) => spoken.has(tags[0]!))) delete document.paths![path]
}
// Whatever is refused is refused with a Problem; saying so at every operation would be most of the file.
for (const path of Object.values(document.paths ?? {}) as Record<string, { responses?: object }>[]) {
  for (const operation of Object.values(path)) {
    if (!operation.responses) continue
    operation.responses = Object.fromEntries(Object.entries(operation.responses).filter(([status]) => status < '400'))
  }
}
// A default is for who leaves the field out, so the field stays optional.
const types = astToString(await openapiTS(document, { defaultNonNullable: false }))
await app.close()
await close()

const header = '// Generated from /api/schema/ by `npm run api-types`: do not edit.\n\n'
const text = await format(header + types, { ...(await resolveConfig(file)), parser: 'typescript' })

if (process.argv.includes('--check')) {
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept !== text) {
    console.error('web/api/schema.d.ts is not the API there is: npm run api-types')
    process.exitCode = 1
  }
} else {
  await writeFile(file, text)
}
