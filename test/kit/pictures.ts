import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

// Pictures and things that pretend to be, made here: no binary files lie in the repository.

/** A photograph, more or less: a gradient with noise, as JPEG unless told otherwise. */
export async function aPicture(
  options: { width?: number; height?: number; format?: 'jpeg' | 'png' | 'webp' } = {},
): Promise<Buffer> {
  const { width = 1200, height = 600, format = 'jpeg' } = options
  return sharp(gradient(width, height), { raw: { width, height, channels: 3 } })
    .toFormat(format)
    .toBuffer()
}

function gradient(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at += 3) {
    const [x, y] = [(at / 3) % width, Math.floor(at / 3 / width)]
    pixels[at] = (255 * x) / width
    pixels[at + 1] = (255 * y) / height
    pixels[at + 2] = (x * 7 + y * 13) % 64
  }
  return pixels
}

/** Lies on its side as cameras leave it, and says where it was taken, by whom and with what. */
export async function aTellingPhoto(): Promise<Buffer> {
  const left = sharp({ create: { width: 300, height: 600, channels: 3, background: '#ff0000' } })
  const pixels = await left
    .extend({ right: 300, background: '#0000ff' })
    .withExif({
      IFD0: { Artist: 'Ann Canary', Model: 'CanaryCam' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 31/1 12/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 18/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  return pixels
}

/** A PNG of a few bytes whose header claims this size. */
export function aBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return png(['IHDR', header], ['IDAT', deflateSync(Buffer.alloc(1_000))], ['IEND', Buffer.alloc(0)])
}

/** A small PNG with an animation's chunk before its pixels. */
export async function anAnimatedPng(): Promise<Buffer> {
  const still = await aPicture({ width: 20, height: 20, format: 'png' })
  const control = Buffer.alloc(8)
  control.writeUInt32BE(10_000, 0)
  return Buffer.concat([still.subarray(0, 33), chunk('acTL', control), still.subarray(33)])
}

/** An animated WebP of this many frames. */
export async function anAnimatedWebp(frames: number): Promise<Buffer> {
  const raw = Buffer.concat(Array.from({ length: frames }, (_, n) => Buffer.alloc(16 * 16 * 3, n * 20)))
  return sharp(raw, { raw: { width: 16, height: 16 * frames, channels: 3, pageHeight: 16 } })
    .webp({ loop: 0, delay: Array<number>(frames).fill(100) })
    .toBuffer()
}

function png(...chunks: [type: string, data: Buffer][]): Buffer {
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...chunks.map(([type, data]) => chunk(type, data))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** A form as a browser sends it. */
export function aForm(...parts: { name: string; value: string | Buffer; filename?: string; type?: string }[]): {
  payload: Buffer
  headers: { 'content-type': string }
} {
  const boundary = '----turnout-test-boundary'
  const written = parts.map(({ name, value, filename, type = 'image/jpeg' }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"`
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n`
    return Buffer.concat([
      Buffer.from(filename === undefined ? `${head}\r\n` : `${head}content-type: ${type}\r\n\r\n`),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ])
  })
  return {
    payload: Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}
