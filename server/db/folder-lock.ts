import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
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
  const mine = `${process.pid} ${await startOf(process.pid)}`
  const draft = `${file}.${randomUUID()}`
  await mkdir(dirname(file), { recursive: true })
  try {
    const handle = await open(draft, 'wx')
    await handle.writeFile(mine)
    await handle.sync()
    await handle.close()
    for (let attempt = 0; attempt < 5; attempt++) {
      // Linked, not written in place: whoever finds a lock finds it with a pid in it.
      const taken = await link(draft, file).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EEXIST') throw error
          return false
        },
      )
      if (taken) return () => rm(file, { force: true })
      await clearStale(file, folder)
    }
  } finally {
    await rm(draft, { force: true })
  }
  throw new Error(`${file} could not be taken`)
}

/** Takes a dead process's lock out of the way. Throws FolderInUse for a living one. */
async function clearStale(file: string, folder: string): Promise<void> {
  const found = await readFile(file, 'utf8').catch(() => undefined)
  if (found === undefined) return // let go meanwhile
  const holder = await holderOf(found)
  if (holder) throw new FolderInUse(folder, holder)
  // Of several who saw it stale one moves it; who moves somebody's new lock instead puts it back.
  const aside = `${file}.${randomUUID()}`
  if (!(await rename(file, aside).then(() => true, () => false))) return
  if ((await readFile(aside, 'utf8')) !== found) await link(aside, file).catch(() => undefined)
  await rm(aside, { force: true })
}

/** The pid in the lock if that very process still runs; pids are used again, so its start is compared too. */
async function holderOf(lock: string): Promise<number | undefined> {
  const [pid, start] = lock.split(' ')
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
