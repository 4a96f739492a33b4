// Writes server/db/schema.ts from the migrated database: `npm run schema`. `--check` only compares.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from 'prettier'
import { connectEmbedded } from '#db/connect'
import { migrate } from '#db/migrate'
import { describeSchema } from '#db/describe-schema'
import { projectFolder } from '#kernel/project-folder'

const file = join(projectFolder, 'server/db/schema.ts')
const database = await connectEmbedded({})
await migrate(database)
const text = await format(await describeSchema(database), {
  parser: 'typescript',
  semi: false,
  singleQuote: true,
  printWidth: 120,
})
await database.close()
if (process.argv.includes('--check')) {
  if (text !== (await readFile(file, 'utf8')))
    throw new Error('server/db/schema.ts is not what the migrations make: npm run schema')
} else {
  await writeFile(file, text)
}
