import type sharpModule from 'sharp'
import { Refusal, Unavailable } from '#kernel/problem'
import { takeTurns } from '#kernel/turns'
import { Animated, NotAPicture, TooManyPixels, Unreadable } from './problems.ts'

// The bytes come from anybody. They are believed in this order: what their first bytes say they are, what their header
// says of their size, and only then is anything decoded, once, into pixels that everything else is made from.

export const MOST_PIXELS = 40_000_000
export const LONGEST_SIDE = 20_000
const SECONDS = 5

/** Bare pixels: nothing of what the file said beside them is left. */
export type Pixels = { data: Buffer; width: number; height: number; channels: 1 | 2 | 3 | 4 }

/** Decoding takes a core for its time: two at once leave the process able to answer everybody else. */
const inTurn = takeTurns({
  atOnce: 2,
  inLine: 16,
  refusal: () => Unavailable('Too many pictures are being read at this moment.', { retryAfter: 5 }),
})

type Sharp = typeof sharpModule
let opened: Promise<Sharp> | undefined

/** The library, with nothing in it that reads files other than ours, and no room to remember. */
export async function openSharp(): Promise<Sharp> {
  return (opened ??= import('sharp').then(({ default: sharp }) => {
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({
      operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
    })
    sharp.cache(false)
    sharp.concurrency(1)
    return sharp
  }))
}

/**
 * Runs `make` on the picture's pixels, upright and no larger than `width` by `height` where the picture is larger.
 * Throws NotAPicture, TooManyPixels, Animated, Unreadable, or Unavailable when too many wait already.
 */
export async function decode<T>(
  bytes: Buffer,
  within: { width: number; height: number },
  make: (pixels: Pixels, sharp: Sharp) => Promise<T>,
): Promise<T> {
  const format = formatOf(bytes)
  if (!format) throw NotAPicture('Send a JPEG, PNG or WebP.')
  return inTurn(async () => {
    const sharp = await openSharp()
    try {
      await judgeHeader(sharp, bytes, format)
      const { data, info } = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
        .autoOrient()
        .resize({ ...within, fit: 'inside', withoutEnlargement: true })
        .toColourspace('srgb')
        .raw({ depth: 'uchar' })
        .timeout({ seconds: SECONDS })
        .toBuffer({ resolveWithObject: true })
      return await make({ data, width: info.width, height: info.height, channels: info.channels }, sharp)
    } catch (error) {
      if (error instanceof Refusal) throw error
      throw Unreadable((error as Error).message.includes('timeout') ? 'It takes too long to read.' : undefined)
    }
  })
}

/** What the first bytes say it is, whatever it is called; nothing for all that we do not read. */
function formatOf(bytes: Buffer): 'jpeg' | 'png' | 'webp' | undefined {
  if (bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex'))) return 'jpeg'
  if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'png'
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP') return 'webp'
  return undefined
}

/** Reads the header alone: a few bytes can claim to be billions of pixels, and must not be taken at their word. */
async function judgeHeader(sharp: Sharp, bytes: Buffer, format: string): Promise<void> {
  const said = await sharp(bytes, { limitInputPixels: false }).metadata()
  if (said.format !== format) throw NotAPicture('Send a JPEG, PNG or WebP.')
  const { width, height, pages = 1 } = said
  if (width > LONGEST_SIDE || height > LONGEST_SIDE || width * height > MOST_PIXELS)
    throw TooManyPixels(`It is ${width} by ${height} pixels; at most 40 megapixels, and 20,000 on a side, are read.`)
  if (pages > 1 || (format === 'png' && isAnimatedPng(bytes))) throw Animated()
}

/** An animated PNG says so in a chunk of its own before the pixels; the library shows its first frame and does not tell. */
function isAnimatedPng(bytes: Buffer): boolean {
  for (let at = 8; at + 8 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const chunk = bytes.toString('latin1', at + 4, at + 8)
    if (chunk === 'acTL') return true
    if (chunk === 'IDAT') return false
  }
  return false
}
