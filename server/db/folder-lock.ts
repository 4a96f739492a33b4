import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

const LONGEST_WAIT_MS = 5_000

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
  const draft = `${file}.${randomUUID()}`
  await mkdir(dirname(file), { recursive: true })
  try {
    const handle = await open(draft, 'wx')
    await handle.writeFile(`${process.pid} ${await startOf(process.pid)}`)
    await handle.sync()
    await handle.close()
    for (const begun = Date.now(); Date.now() - begun < LONGEST_WAIT_MS;) {
      if (await linked(draft, file)) return () => rm(file, { force: true })
      await clearStale(folder, file, draft)
    }
  } finally {
    await rm(draft, { force: true })
  }
  throw new Error(`${file} could not be taken`)
}

/** Gives the draft its place unless something is there: whoever finds a lock finds a whole one, with a pid in it. */
async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/**
 * Takes a dead process's lock out of the way. Throws FolderInUse for a living one. Of several who find it stale one at
 * a time does that, and looks again before it does, so that nobody takes away the lock that another has just got.
 */
async function clearStale(folder: string, file: string, draft: string): Promise<void> {
  const found = await contentOf(file)
  if (found === undefined) return // let go meanwhile
  const holder = await holderOf(found)
  if (holder) throw new FolderInUse(folder, holder)
  const turn = `${file}.clearing`
  if (await linked(draft, turn)) {
    if ((await contentOf(file)) === found) await rm(file, { force: true })
    await rm(turn, { force: true })
    return
  }
  const clearing = await contentOf(turn)
  if (clearing !== undefined && !(await holderOf(clearing)))
    await rm(turn, { force: true }) // it died in the middle
  else await new Promise((resolve) => setTimeout(resolve, 10))
}

function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
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
