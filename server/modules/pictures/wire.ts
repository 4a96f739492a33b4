import { Type, type Static } from 'typebox'
import { Fields, Text } from '#http/wire'
import { jpegWidth, nameOf } from './naming.ts'
import type { Banner, Picture } from './pictures.ts'

const sizes = {
  widths: Type.Array(Fields({ width: Type.Integer(), url: Type.String() }), {
    description: 'WebP, the narrowest first. An address never shows anything else.',
  }),
  jpeg: Type.String({ description: 'The address of a JPEG, for previews and mails.' }),
}
const Alt = Text(300, { description: 'What is to be seen, for who cannot see it.' })

export const PictureWire = Fields(sizes)
export const BannerWire = Fields({ alt: Type.String(), ...sizes })
export const BannerWords = Fields({ alt: Alt })

const file = { type: 'string', format: 'binary', description: 'JPEG, PNG or WebP, at most 10 MB and 40 megapixels.' }

/** What is sent as multipart/form-data; read by `#http/upload`, and here for the document. */
export const NewPicture = Fields({ picture: Type.Unsafe<Buffer>(file) })
export const NewBanner = Fields({ picture: Type.Unsafe<Buffer>(file), alt: Type.Optional(Alt) })

export function presentPicture({ id, widths }: Picture): Static<typeof PictureWire> {
  return {
    widths: widths.map((width) => ({ width, url: urlOf(id, width, 'webp') })),
    jpeg: urlOf(id, jpegWidth(widths), 'jpg'),
  }
}

export function presentBanner(banner: Banner): Static<typeof BannerWire> {
  return { alt: banner.alt, ...presentPicture(banner) }
}

function urlOf(id: string, width: number, extension: 'webp' | 'jpg'): string {
  return `/files/${nameOf(id, width, extension)}`
}
