import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, test } from 'vitest'
import { startFakeS3 } from '../../test/kit/s3.ts'
import { openFiles, type Files } from './files.ts'

const folder = await mkdtemp(join(tmpdir(), 'turnout-files-'))
const s3 = await startFakeS3()
const stores: [string, Files, () => string[]][] = [
  ['on disk', openFiles({ dataDir: folder, filesS3: null }), () => filesUnder(join(folder, 'files'))],
  ['in a bucket', openFiles({ dataDir: folder, filesS3: s3.settings }), () => [...s3.objects.keys()]],
]
afterAll(async () => {
  for (const [, store] of stores) await store.close()
  await s3.close()
  await rm(folder, { recursive: true })
})

const BYTES = Buffer.from(Array.from({ length: 300_000 }, (_, i) => i % 251))
const read = async (store: Files, name: string) => {
  const found = await store.open(name)
  return found && { bytes: found.bytes, content: await buffer(found.stream) }
}

describe.each(stores)('files %s', (_where, store, all) => {
  test('come back as they were given, with their length', async () => {
    await store.put('ab12/480.webp', BYTES, 'image/webp')
    expect(await read(store, 'ab12/480.webp')).toEqual({ bytes: BYTES.length, content: BYTES })
  })

  test('are replaced whole', async () => {
    await store.put('ab12/64.webp', BYTES, 'image/webp')
    await store.put('ab12/64.webp', Buffer.from('short'), 'image/webp')
    expect(await read(store, 'ab12/64.webp')).toEqual({ bytes: 5, content: Buffer.from('short') })
  })

  test('that are not there are nothing, and taking them away is no failure', async () => {
    expect(await store.open('cd34/480.webp')).toBeNull()
    await store.remove('cd34/480.webp')
    await store.put('cd34/480.webp', BYTES, 'image/webp')
    await store.remove('cd34/480.webp')
    expect(await store.open('cd34/480.webp')).toBeNull()
    expect(all().filter((name) => name.includes('cd34'))).toEqual([])
  })

  // reliability S20
  test.each([
    '../secret-key',
    'ab12/../../secret-key',
    'ab12/..',
    '/etc/passwd',
    'ab12\\480.webp',
    'ab12/480.webp\0.png',
    'AB12/480.webp',
    'ab12/480.webp/x',
    'ab12/.webp',
    'ab12',
    '',
    'con',
    `${'a'.repeat(5_000)}/1.webp`,
    'ab12/４80.webp',
    'ab12／480.webp',
  ])('have no name like %j: nothing is written, read or taken away by it', async (name) => {
    const before = all()
    for (const doing of [store.put(name, BYTES, 'image/webp'), store.open(name), store.remove(name)])
      await expect(doing).rejects.toThrow('not a name')
    expect(all()).toEqual(before)
  })
})

describe('on disk', () => {
  const store = stores[0]![1]

  test('a link that somebody laid there is not followed', async () => {
    await writeFile(join(folder, 'secret-key'), 'the key')
    await mkdir(join(folder, 'files/ee/ee55'), { recursive: true })
    await symlink(join(folder, 'secret-key'), join(folder, 'files/ee/ee55/480.webp'))
    await expect(store.open('ee55/480.webp')).rejects.toThrow('ELOOP')
  })

  test('what a crash cut off is never read, and goes with the rest', async () => {
    await mkdir(join(folder, 'files/ff/ff66'), { recursive: true })
    await writeFile(join(folder, 'files/ff/ff66/480.webp.tmp'), 'half of i')
    expect(await store.open('ff66/480.webp')).toBeNull()
    await store.remove('ff66/480.webp')
    expect(existsSync(join(folder, 'files/ff/ff66'))).toBe(false)
  })

  // reliability R14
  test('where it cannot be written, the put fails, leaves nothing torn and works again afterwards', async () => {
    await rm(join(folder, 'files/77'), { recursive: true, force: true })
    await writeFile(join(folder, 'files/77'), 'in the way')
    await expect(store.put('7788/480.webp', BYTES, 'image/webp')).rejects.toThrow()
    await rm(join(folder, 'files/77'))
    await store.put('7788/480.webp', BYTES, 'image/webp')
    expect(await readdir(join(folder, 'files/77/7788'))).toEqual(['480.webp'])
  })
})

describe('in a bucket', () => {
  const store = stores[1]![1]

  test('a bad moment is passed over', async () => {
    s3.failNext(1, 503)
    await store.put('9900/480.webp', BYTES, 'image/webp')
    expect(s3.objects.get('9900/480.webp')).toMatchObject({ type: 'image/webp' })
  })

  test('a bad day is told of, and is not mistaken for nothing being there', async () => {
    s3.failNext(9, 500)
    await expect(store.open('9900/480.webp')).rejects.toThrow()
    s3.failNext(0, 500)
    expect(await read(store, '9900/480.webp')).toMatchObject({ bytes: BYTES.length })
  })

  test('who has the wrong key is told of, not of nothing being there', async () => {
    const other = openFiles({ dataDir: folder, filesS3: { ...s3.settings, key: 'AKIAWRONG' } })
    await expect(other.open('9900/480.webp')).rejects.toThrow('AccessDenied')
    await other.close()
  })
})

function filesUnder(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
}
