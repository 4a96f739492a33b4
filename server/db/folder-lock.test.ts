import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { connectEmbedded } from '#db/connect'
import { FolderInUse, lockFolder } from '#db/folder-lock'

const home = await mkdtemp(join(tmpdir(), 'turnout-lock-'))
const children: ChildProcess[] = []
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(home, { recursive: true })
})
let made = 0
const aFolder = () => join(home, `folder${++made}`)
/** A process that does nothing, and what a lock of it says. */
const aProcess = async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'])
  children.push(child)
  await once(child, 'spawn')
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(
    () => ') - - - - - - - - - - - - - - - - - - - -',
  )
  const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return {
    pid: child.pid!,
    start,
    lock: `${child.pid} ${start}`,
    end: async () => void (child.kill('SIGKILL'), await once(child, 'exit')),
  }
}
/** As if nobody had written to the file for so long. */
const grownOld = (file: string, seconds: number) => {
  const then = new Date(Date.now() - seconds * 1_000)
  return utimes(file, then, then)
}
const winners = async (folder: string) =>
  (await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)))).filter(
    (each) => each.status === 'fulfilled',
  )

describe('a folder’s lock', () => {
  // S4-10; reliability R23
  test('is one’s own until it is given back', async () => {
    const folder = aFolder()
    const unlock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toThrow(`${folder} is in use by process ${process.pid}`)
    await unlock()
    await (
      await lockFolder(folder)
    )()
    expect(await readdir(home)).toEqual([])
  })

  test('of a living process is respected, and the process named', async () => {
    const [folder, holder] = [aFolder(), await aProcess()]
    await writeFile(`${folder}.lock`, holder.lock)
    const error = await lockFolder(folder).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(FolderInUse)
    expect(error).toMatchObject({ pid: holder.pid, message: expect.stringContaining(`process ${holder.pid}`) })
    await expect(connectEmbedded({ folder })).rejects.toThrow(FolderInUse)
    expect(await readFile(`${folder}.lock`, 'utf8')).toBe(holder.lock)
    await holder.end()
    await (
      await lockFolder(folder)
    )()
  })

  test('of a process that has ended is taken over', async () => {
    const [folder, holder] = [aFolder(), await aProcess()]
    await holder.end()
    await writeFile(`${folder}.lock`, holder.lock)
    const unlock = await lockFolder(folder)
    expect(await readFile(`${folder}.lock`, 'utf8')).toMatch(new RegExp(`^${process.pid} `))
    await unlock()
  })

  test.runIf(process.platform === 'linux')('of another process that had the same number is taken over', async () => {
    const [folder, stranger] = [aFolder(), await aProcess()]
    await writeFile(`${folder}.lock`, `${stranger.pid} ${Number(stranger.start) - 1}`)
    await (
      await lockFolder(folder)
    )()
  })

  describe('of another place, where its pid says nothing here', () => {
    const lock = `${process.pid} 1 other-host 7f0c8a52-0d5e-4a86-9a4b-6f1c2f6f7f10 pid:[4026532999]`

    test('is respected while it is fresh, and the process and its host are named', async () => {
      const folder = aFolder()
      await writeFile(`${folder}.lock`, lock)
      const error = await lockFolder(folder).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(FolderInUse)
      expect(error).toMatchObject({
        pid: process.pid,
        host: 'other-host',
        message: expect.stringContaining(`in use by process ${process.pid} on other-host`),
      })
      expect(await readFile(`${folder}.lock`, 'utf8')).toBe(lock)
      await rm(`${folder}.lock`)
    })

    test('is taken over when it has been silent for half a minute, not before', async () => {
      const folder = aFolder()
      await writeFile(`${folder}.lock`, lock)
      await grownOld(`${folder}.lock`, 25)
      await expect(lockFolder(folder)).rejects.toThrow(FolderInUse)
      await grownOld(`${folder}.lock`, 31)
      await (
        await lockFolder(folder)
      )()
    })

    test('stays fresh for as long as its holder lives', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
      onTestFinished(() => void vi.useRealTimers())
      const folder = aFolder()
      const unlock = await lockFolder(folder)
      await grownOld(`${folder}.lock`, 60)
      vi.advanceTimersByTime(5_000)
      await expect.poll(async () => Date.now() - (await stat(`${folder}.lock`)).mtimeMs).toBeLessThan(10_000)
      await unlock()
    })
  })

  test('that was taken over is not taken away by who had it', async () => {
    const folder = aFolder()
    const unlock = await lockFolder(folder)
    await rm(`${folder}.lock`)
    await writeFile(`${folder}.lock`, 'somebody else’s')
    await unlock()
    expect(await readFile(`${folder}.lock`, 'utf8')).toBe('somebody else’s')
  })

  test.each(['', 'nonsense', '-1 5', '0 1', '1e3', '99999999999 1'])('that says %j is nobody’s', async (text) => {
    const folder = aFolder()
    await writeFile(`${folder}.lock`, text)
    await (
      await lockFolder(folder)
    )()
  })

  test('goes to exactly one of twenty who want it at once', async () => {
    for (let round = 0; round < 5; round++) expect(await winners(aFolder())).toHaveLength(1)
  })

  test('that is stale goes to exactly one of twenty who find it at once', async () => {
    const gone = await aProcess()
    await gone.end()
    for (let round = 0; round < 40; round++) {
      const folder = aFolder()
      await writeFile(`${folder}.lock`, gone.lock)
      expect(await winners(folder)).toHaveLength(1)
    }
  })

  test('leaves nothing else behind', async () => {
    const left = (await readdir(home)).filter((name) => !/^folder\d+\.lock$/.test(name))
    expect(left).toEqual([])
  })
})
