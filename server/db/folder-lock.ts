import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Another process has the folder. */
export class FolderInUse extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(`${folder} is in use by process ${pid}. Stop it first, or give this one another DATA_DIR.`)
  }
}

/**
 * Takes the folder for this process until the returned function is called. PGlite itself does not notice a second
 * process and loses rows, so the lock is ours: a file beside the folder with the pid in it. A dead pid's lock is taken over.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}.lock`
  await mkdir(dirname(file), { recursive: true })
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(`${process.pid} ${await startOf(process.pid)}`)
      await handle.sync()
      await handle.close()
      return () => rm(file, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = await holderOf(file)
      if (holder) throw new FolderInUse(folder, holder)
      await rm(file, { force: true })
    }
  }
  throw new Error(`${file} could not be taken`)
}

/** The pid in the lock file if that very process still runs; pids are used again, so its start is compared too. */
async function holderOf(file: string): Promise<number | undefined> {
  const [pid, start] = (await readFile(file, 'utf8').catch(() => '')).split(' ')
  const number = Number(pid)
  if (!Number.isInteger(number) || number <= 0) return undefined
  try {
    process.kill(number, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  return (await startOf(number)) === start ? number : undefined
}

/** When the process started, in the kernel's own count, where it tells (Linux); otherwise a dash. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-'
}
