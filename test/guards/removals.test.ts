import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '#kernel/project-folder'
import entries from './removals.json' with { type: 'json' }

type Removal = { row: string; guard: string; file: string | string[]; find: string | string[]; test: string }

// What is removed one by one to see a test fail (`npm run removals`) must be there to be removed.
test.each(entries.filter((entry) => 'guard' in entry) as Removal[])('$row: $guard', ({ file, find, test }) => {
  expect(existsSync(join(projectFolder, test)), test).toBe(true)
  for (const [at, path] of [file].flat().entries()) {
    const text = readFileSync(join(projectFolder, path), 'utf8')
    expect(text.split([find].flat()[at]!).length - 1, path).toBe(1)
  }
})
