import { openSharp } from '#pictures/decoding'

const WIDTH = 1200
const HEIGHT = 600

type Colour = readonly [red: number, green: number, blue: number]
type Circle = { x: number; y: number; radius: number; colour: Colour }

/** The examples that have a banner; the others show their pattern. */
export const BANNERS: ReadonlyArray<{ theme: number; alt: string; sky: [Colour, Colour]; circles: Circle[] }> = [
  {
    theme: 0,
    alt: 'Warm lights over a dark stage, drawn as circles.',
    sky: [
      [49, 17, 47],
      [122, 31, 79],
    ],
    circles: [
      { x: 300, y: 140, radius: 210, colour: [255, 182, 39] },
      { x: 620, y: 90, radius: 170, colour: [242, 112, 154] },
      { x: 930, y: 150, radius: 230, colour: [255, 230, 238] },
    ],
  },
  {
    theme: 3,
    alt: 'Plates on a table cloth, seen from above, drawn as circles.',
    sky: [
      [168, 50, 28],
      [58, 18, 48],
    ],
    circles: [
      { x: 250, y: 330, radius: 190, colour: [255, 228, 209] },
      { x: 640, y: 260, radius: 230, colour: [255, 182, 39] },
      { x: 1010, y: 380, radius: 180, colour: [255, 228, 209] },
    ],
  },
  {
    theme: 4,
    alt: 'A low sun over rolling hills, drawn as circles.',
    sky: [
      [255, 207, 86],
      [127, 201, 138],
    ],
    circles: [
      { x: 820, y: 230, radius: 120, colour: [255, 246, 220] },
      { x: 300, y: 900, radius: 520, colour: [31, 77, 47] },
      { x: 980, y: 980, radius: 560, colour: [52, 110, 70] },
    ],
  },
]

/** Draws it: a gradient from the top, circles on it, each letting some of what is beneath through. */
export async function draw({ sky: [above, below], circles }: (typeof BANNERS)[number]): Promise<Buffer> {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3)
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++, at += 3) {
      const on = circles.filter((each) => (x - each.x) ** 2 + (y - each.y) ** 2 < each.radius ** 2)
      for (let part = 0; part < 3; part++) {
        const ground = above[part]! + ((below[part]! - above[part]!) * y) / HEIGHT
        pixels[at + part] = on.reduce((beneath, { colour }) => beneath * 0.2 + colour[part]! * 0.8, ground)
      }
    }
  }
  const sharp = await openSharp()
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg()
    .toBuffer()
}
