import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '#kernel/project-folder'

/** The version of this program, as package.json says. */
export const VERSION = (JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string })
  .version
