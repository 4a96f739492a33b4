import { createRequire } from 'node:module'
import qrcode from 'qrcode'
import type { Ticket } from './tickets.ts'

// pdfkit's own fonts know Western Europe only. Noto Sans has Latin, Cyrillic and Greek; what else there is of scripts
// shows as boxes on the paper, and the code is good all the same.
const font = (name: string) =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans/${name}/NotoSans_${name}.ttf`)

const QR = { errorCorrectionLevel: 'M', margin: 4 } as const

/** The code as a picture that a phone shows and a door reads. */
export function png({ code }: Pick<Ticket, 'code'>): Promise<Buffer> {
  return qrcode.toBuffer(code, { ...QR, type: 'png', scale: 8 })
}

/** The same as lines, sharp at any size. */
export function svg({ code }: Pick<Ticket, 'code'>): Promise<string> {
  return qrcode.toString(code, { ...QR, type: 'svg' })
}

const MM = 72 / 25.4
const MARGIN = 8 * MM
const CODE = 58 * MM

/** One page of A6 to print: what, when, where, who, and the code. */
export async function pdf(ticket: Ticket): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit') // as large as all the rest, and rarely asked for
  const { event, name, when, code } = ticket
  const page = new PDFDocument({
    size: 'A6',
    margin: MARGIN,
    lang: 'en',
    info: { Title: `Ticket: ${event.title}`, Producer: 'Turnout', Creator: 'Turnout' },
  })
  const chunks: Buffer[] = []
  page.on('data', (chunk: Buffer) => chunks.push(chunk))
  const done = new Promise((resolve, reject) => page.on('end', resolve).on('error', reject))

  const width = page.page.width - 2 * MARGIN
  // Each has the height it may fill; what is longer ends in an ellipsis, so that the page stays one.
  const put = (words: string, y: number, height: number, weight: string, size: number) => {
    page.font(font(weight)).fontSize(size).fillColor('#1d1d1b')
    page.text(words.replace(/\s+/g, ' '), MARGIN, y, { width, height, ellipsis: true })
    return page.y
  }
  let y = put(event.title, MARGIN, 58, '700Bold', 15) + 4
  y = put(when, y, 30, '400Regular', 9) + 2
  if (event.where) y = put(event.where, y, 30, '400Regular', 9)
  put(name, Math.max(y + 6, 150), 34, '700Bold', 12)

  const modules = qrcode.create(code, { errorCorrectionLevel: QR.errorCorrectionLevel }).modules
  const unit = CODE / modules.size
  const left = (page.page.width - CODE) / 2
  const top = page.page.height - MARGIN - CODE - 2 * MM
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column)) page.rect(left + column * unit, top + row * unit, unit, unit)
  page.fill('#000000')
  page.end()
  await done
  return Buffer.concat(chunks)
}
