import type { Measured } from './load.ts'
import type { Tally, Work } from './works.ts'

/** Both sides of one work in each round. */
export type Line = { work: Work; rounds: { ours: Measured; other: Measured }[] }

export type Circumstances = {
  date: string
  commit: string
  node: string
  postgres: string
  cpus: number
  rounds: number
  took: number
  memory: number | null
  tally: Tally
}

/** The table as Markdown, and what is kept beside it for programs. */
export function report(lines: Line[], about: Circumstances): { markdown: string; json: string } {
  const { tally } = about
  const works = lines.map(summarise)
  const rows = works.map(
    ({ name, ours, other, otherName, ratio, goal, firstPass, notes }) =>
      `| ${name}${notes ? ` (${notes})` : ''} | ${rate(ours.perSecond)} (${ms(ours.p50)}/${ms(ours.p99)}) | ${otherName}: ${rate(other.perSecond)} | **${range(ratio)}** | ${mark(ratio, goal)} | ${mark(ratio, firstPass)} |`,
  )
  const books = `${tally.oversold} oversold, ${tally.unsold} unsold${tally.wrong.length ? `, and wrong: ${[...new Set(tally.wrong)].join('; ')}` : ', every answer as in the table, every count right'}`
  const markdown = [
    `# Benchmark of ${about.date}`,
    '',
    `Commit ${about.commit}, Node ${about.node}, PostgreSQL ${about.postgres}, ${about.cpus} CPUs shared by load, server and database; ${about.rounds} rounds, both sides in turn, medians (min–max). Only ratios mean something.`,
    '',
    '| work | ours /s (p50/p99 ms) | the other side /s | ratio | goal | first pass |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
    `${rate(tally.registered)} registrations, each with a fact and an idempotency key: ${books}.`,
    ...(about.memory === null ? [] : [`Most memory the API process had: ${about.memory} MB (goal: 150).`]),
    '',
  ].join('\n')
  return { markdown, json: `${JSON.stringify({ ...about, works }, undefined, 2)}\n` }
}

function summarise({ work, rounds }: Line) {
  const median = (values: (number | null)[]) => middle(values.filter((value) => value !== null))
  const of = (side: 'ours' | 'other') => ({
    perSecond: round(median(rounds.map((each) => each[side].perSecond)) ?? NaN, 0),
    p50: round(median(rounds.map((each) => each[side].p50)), 1),
    p99: round(median(rounds.map((each) => each[side].p99)), 1),
  })
  const ratios = rounds.map(({ ours, other }) => ours.perSecond / other.perSecond)
  return {
    name: work.name,
    ours: of('ours'),
    other: of('other'),
    otherName: [work.other.name, mostFrequent(rounds.map(({ other }) => other.note ?? ''))].filter(Boolean).join(' '),
    ratio: {
      median: round(middle(ratios) ?? NaN, 3),
      least: round(Math.min(...ratios), 3),
      most: round(Math.max(...ratios), 3),
    },
    goal: work.goal,
    firstPass: work.firstPass,
    notes: rounds.at(-1)?.ours.note,
  }
}

type Ratio = { median: number; least: number; most: number }

const rate = (value: number) => Math.round(value).toLocaleString('en')
const ms = (value: number | null) => (value === null ? '–' : value.toFixed(1))
const range = ({ median, least, most }: Ratio) => `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`
const mark = ({ median }: Ratio, goal: number | undefined) =>
  goal === undefined ? '–' : `${median >= goal ? '✓' : '✗'} ${goal}`

function round<T extends number | null>(value: T, digits: number): T {
  return (value === null ? null : Number(value.toFixed(digits))) as T
}

function middle(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length / 2
  if (sorted.length === 0) return null
  return sorted.length % 2 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2
}

function mostFrequent(values: string[]): string {
  return (
    [...values].sort(
      (a, b) => values.filter((each) => each === b).length - values.filter((each) => each === a).length,
    )[0] ?? ''
  )
}
