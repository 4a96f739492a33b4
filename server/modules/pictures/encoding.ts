import { decode, type Pixels } from './decoding.ts'
import { jpegWidth } from './naming.ts'

/** What a kind of picture is made into. */
export type Shape = {
  widths: readonly number[]
  /** Height over width: exactly this, cut out of the middle, or at most this. */
  ratio: { exactly: number } | { most: number }
}

export const BANNER: Shape = { widths: [480, 960, 1600], ratio: { most: 2 } }
export const PORTRAIT: Shape = { widths: [64, 256], ratio: { exactly: 1 } }

/** A picture made anew: WebP in every width, and one JPEG for those who read nothing newer. */
export type Encoded = { widths: number[]; files: { width: number; extension: 'webp' | 'jpg'; bytes: Buffer }[] }

/** Makes the picture anew from its pixels alone: place, camera, comments and what else was hidden in it stay behind. */
export async function encode(bytes: Buffer, shape: Shape): Promise<Encoded> {
  const widest = shape.widths.at(-1)!
  // Room to cut from: what is far wider than high must not be shrunk below the height that is cut out.
  const within =
    'exactly' in shape.ratio ? { width: widest * 4, height: widest * 4 } : { width: widest, height: widest * 8 }
  return decode(bytes, within, async (pixels, sharp) => {
    const widths = widthsOf(pixels, shape)
    const files: Encoded['files'] = []
    for (const width of widths) {
      const resized = sharp(pixels.data, { raw: pixels }).resize({
        width,
        height: heightOf(pixels, shape, width),
        fit: 'cover',
      })
      files.push({ width, extension: 'webp', bytes: await resized.clone().webp({ quality: 80 }).toBuffer() })
      if (width === jpegWidth(widths)) {
        const flat = resized.clone().flatten({ background: '#ffffff' })
        files.push({ width, extension: 'jpg', bytes: await flat.jpeg({ quality: 82, mozjpeg: true }).toBuffer() })
      }
    }
    return { widths, files }
  })
}

/** Those that the picture is wide enough for, and its own width; of a portrait, all, so that its addresses are known. */
function widthsOf({ width }: Pixels, { widths, ratio }: Shape): number[] {
  if ('exactly' in ratio) return [...widths]
  return [...widths.filter((each) => each < width), Math.min(width, widths.at(-1)!)]
}

function heightOf({ width: wide, height: high }: Pixels, { ratio }: Shape, width: number): number {
  if ('exactly' in ratio) return Math.round(width * ratio.exactly)
  return Math.max(1, Math.round(Math.min((width * high) / wide, width * ratio.most)))
}
