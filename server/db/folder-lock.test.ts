import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
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
const winners = async (folder: string) =>
  (await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)))).filter(
    (each) => each.status === 'fulfilled',
  )

describe('a folder’s lock', () => {
  // reliability R23
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
