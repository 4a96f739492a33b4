import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, readlink, rm, stat, type FileHandle } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'

const LONGEST_WAIT_MS = 5_000
const BEAT_MS = 5_000
const LONGEST_SILENCE_MS = 30_000

/** Another process has the folder; `host` is where, unless that is here. */
export class FolderInUse extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
    readonly host?: string,
  ) {
    const where = host === undefined ? '' : ` on ${host}`
    const killed =
      host === undefined ? '' : ` If it was killed there, try again in ${LONGEST_SILENCE_MS / 1_000} seconds.`
    super(`${folder} is in use by process ${pid}${where}. Stop it first, or give this one another DATA_DIR.${killed}`)
  }
}

/**
 * Takes the folder for this process until the returned function is called. PGlite itself does not notice a second
 * process and loses rows, so the lock is ours: a file beside the folder with the pid in it and the place where that pid
 * means something. A dead pid's lock is taken over; elsewhere, where nobody here can see it, one that has gone silent.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const file = `${folder}.lock`
  const draft = `${file}.${randomUUID()}`
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(draft, 'wx')
  try {
    const lock = `${process.pid} ${await startOf(process.pid)} ${await placeHere()}`
    await handle.writeFile(lock)
    await handle.sync()
    for (const begun = Date.now(); Date.now() - begun < LONGEST_WAIT_MS;) {
      if (await linked(draft, file)) return keep(file, handle, lock)
      await clearStale(folder, file, draft)
    }
    throw new Error(`${file} could not be taken`)
  } catch (error) {
    await handle.close()
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Shows other places that the holder lives, by writing the same again: that leaves the time of whoever keeps the file,
 * which is the same clock for all. Through its own handle, so that it never freshens a lock that is somebody else's by now.
 */
function keep(file: string, handle: FileHandle, lock: string): () => Promise<void> {
  const beat = setInterval(() => void handle.write(lock, 0).catch(() => {}), BEAT_MS)
  beat.unref()
  return async () => {
    clearInterval(beat)
    await handle.close()
    if ((await contentOf(file)) === lock) await rm(file, { force: true })
  }
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
  const holder = await holderOf(found, file, draft)
  if (holder) throw new FolderInUse(folder, holder.pid, holder.host)
  const turn = `${file}.clearing`
  if (await linked(draft, turn)) {
    if ((await contentOf(file)) === found) await rm(file, { force: true })
    await rm(turn, { force: true })
    return
  }
  const clearing = await contentOf(turn)
  if (clearing !== undefined && !(await holderOf(clearing, turn, draft)))
    await rm(turn, { force: true }) // it died in the middle
  else await new Promise((resolve) => setTimeout(resolve, 10))
}

function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}

/**
 * Who is in the lock, if that very process still runs. Here that can be seen; pids are used again, so its start is compared
 * too. On another host or in another container its pid says nothing, and it lives for as long as its lock is fresh.
 */
async function holderOf(
  lock: string,
  file: string,
  draft: string,
): Promise<{ pid: number; host?: string } | undefined> {
  const [word, start, ...place] = lock.split(' ')
  const pid = Number(word)
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  // Locks of earlier versions say no place.
  if (place.length > 0 && place.join(' ') !== (await placeHere()))
    return (await silenceOf(file, draft)) < LONGEST_SILENCE_MS ? { pid, host: place[0] } : undefined
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
  }
  return (await startOf(pid)) === start ? { pid } : undefined
}

/** How long a lock has not been written to, by the clock of whoever keeps the files: the draft has just been. */
async function silenceOf(file: string, draft: string): Promise<number> {
  const written = (path: string) => stat(path).then(({ mtimeMs }) => mtimeMs)
  const [now, last] = await Promise.all([written(draft), written(file).catch(() => -Infinity)])
  return now - last
}

/** Where our pids mean something, as far as the system tells: the host, its boot and the namespace of the pids. */
async function placeHere(): Promise<string> {
  const [boot, pids] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '-'),
    readlink('/proc/self/ns/pid').catch(() => '-'),
  ])
  return `${hostname()} ${boot.trim()} ${pids}`
}

/** When the process started, in the kernel's own count, where it tells (Linux); otherwise a dash. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-'
}
