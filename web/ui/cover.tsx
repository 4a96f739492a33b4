import { memo } from 'react'

// Ground, then three shapes. A category keeps its palette everywhere, an event its pattern.
const palettes = [
  ['#7a1f4f', '#ffb627', '#f2709a', '#ffe6ee'],
  ['#0f4c4a', '#37bfa7', '#ffd166', '#dff3ec'],
  ['#22307f', '#6796f5', '#ffb3c7', '#f1efff'],
  ['#a8321c', '#ffb627', '#3a1230', '#ffe4d1'],
  ['#1f4d2f', '#7fc98a', '#ffcf56', '#eef6e2'],
  ['#4b2675', '#b58cf0', '#ff94ae', '#f7e5ff'],
  ['#7a4b00', '#ffc94d', '#3a1230', '#ffeecb'],
  ['#1f3a52', '#86bae0', '#ffa552', '#e9f2f8'],
] as const

// The house's own, for pages that are no event's.
const housePalette = ['#31112f', '#ffb627', '#e05c8a', '#fff0e0'] as const

function hash(text: string) {
  let value = 2166136261
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 16777619)
  // The low bits alone fall together for short words.
  value ^= value >>> 15
  value = Math.imul(value, 1005745003)
  return (value ^ (value >>> 13)) >>> 0
}

function dice(seed: number) {
  return (sides: number) => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

const palette = (category: string | undefined) => palettes[hash(category ?? '') % palettes.length] ?? palettes[0]

/** A drawn cover: the same event always has the same one, so no picture need be stored or loaded. */
export const Cover = memo(function Cover(props: {
  slug: string
  category?: string | undefined
  house?: boolean
  columns?: number
  rows?: number
  className?: string | undefined
}) {
  const { columns = 6, rows = 3 } = props
  const colours = props.house ? housePalette : palette(props.category)
  const roll = dice(hash(props.slug))
  const shapes = ['', '', '']
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const drawn = tile(column * 10, row * 10, roll(10), roll(4))
      const colour = roll(3)
      shapes[colour] += drawn
    }
  }
  return (
    <svg
      aria-hidden="true"
      className={props.className}
      viewBox={`0 0 ${columns * 10} ${rows * 10}`}
      preserveAspectRatio="xMidYMid slice"
    >
      <path fill={colours[0]} d={`M0 0h${columns * 10}v${rows * 10}H0z`} />
      {shapes.map((d, index) => d && <path key={index} fill={colours[index + 1]} d={d} />)}
    </svg>
  )
})

function tile(x: number, y: number, shape: number, turn: number): string {
  const right = x + 10
  const low = y + 10
  switch (shape) {
    case 0:
    case 1:
    case 2: // a quarter of a circle, from one of the corners
      return [
        `M${x} ${y}h10a10 10 0 0 1-10 10z`,
        `M${right} ${y}v10a10 10 0 0 1-10-10z`,
        `M${right} ${low}h-10a10 10 0 0 1 10-10z`,
        `M${x} ${low}v-10a10 10 0 0 1 10 10z`,
      ][turn]!
    case 3:
    case 4: // half a circle on one of the sides
      return [
        `M${x} ${y}a5 5 0 0 0 10 0z`,
        `M${right} ${y}a5 5 0 0 0 0 10z`,
        `M${right} ${low}a5 5 0 0 0-10 0z`,
        `M${x} ${low}a5 5 0 0 0 0-10z`,
      ][turn]!
    case 5: // half a square
      return [`M${x} ${y}h10l-10 10z`, `M${x} ${y}h10v10z`, `M${right} ${y}v10h-10z`, `M${x} ${y}v10h10z`][turn]!
    case 6:
      return `M${x + 5} ${y + 1}a4 4 0 0 1 0 8a4 4 0 0 1 0-8z`
    case 7: // bars
      return turn % 2
        ? `M${x} ${y + 1}h10v2H${x}zM${x} ${y + 5}h10v2H${x}z`
        : `M${x + 1} ${y}v10h2V${y}zM${x + 5} ${y}v10h2V${y}z`
    default:
      return ''
  }
}
