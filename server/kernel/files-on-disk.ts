import { constants } from 'node:fs'
import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Files } from './files.ts'
import { checkFileName } from './file-names.ts'

/** Files in a folder, `files` in this one. */
export function filesOnDisk(dataDir: string): Files {
  const root = join(dataDir, 'files')
  // Two letters in between, so that no folder gets too many entries.
  const pathOf = (name: string) => join(root, checkFileName(name).slice(0, 2), name)

  return {
    async put(name, bytes) {
      const path = pathOf(name)
      const draft = `${path}.tmp`
      await mkdir(dirname(path), { recursive: true })
      try {
        const file = await open(draft, 'w', 0o640)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(draft, path)
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {}) // on a full disk even half of it counts
        throw error
      }
      for (const folder of [dirname(path), dirname(dirname(path)), root]) await syncFolder(folder)
    },

    async open(name) {
      const file = await open(pathOf(name), constants.O_RDONLY | constants.O_NOFOLLOW).catch(nothingThere)
      if (!file) return null
      const { size } = await file.stat()
      return { stream: file.createReadStream(), bytes: size }
    },

    async remove(name) {
      const path = pathOf(name)
      await rm(path, { force: true })
      await rm(`${path}.tmp`, { force: true })
      await rmdir(dirname(path)).catch(() => {}) // still has others, or was never there
    },

    async close() {},
  }
}

/** A new name lasts once the folder that has it is written down. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function nothingThere(error: unknown): null {
  if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
  throw error
}
