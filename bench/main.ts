import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '#kernel/project-folder'
import { openData } from './data.ts'
import type { Measured } from './load.ts'
import { demandPgbench } from './pgbench.ts'
import { startHello, startTurnout } from './programs.ts'
import { report, type Line } from './report.ts'
import { checkFacts, worksOf, type Tally } from './works.ts'

// `npm run bench`: measures us and the other side in turn and prints the ratios. What is compared is in README.md.

const quick = process.argv.includes('--quick')
const { rounds, seconds, budget } = quick
  ? { rounds: 2, seconds: 1, budget: 82_000 }
  : { rounds: 3, seconds: 3, budget: 360_000 }
const begun = performance.now()

async function main(): Promise<void> {
  const server = databaseServer()
  demandPgbench()
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (let closing; (closing = closers.pop());) await closing().catch((error: unknown) => console.error(error))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().then(() => process.exit(130)))
  const keep = <T>(it: T, closing: (it: T) => Promise<void>) => (closers.push(() => closing(it)), it)
  try {
    say('filling a database of its own')
    const data = keep(await openData(server), (it) => it.drop())
    const measured = commit() // before it is built: somebody may go on working meanwhile
    const turnout = keep(await startTurnout(data.url), (it) => it.stop())
    const second = keep(await startTurnout(data.url), (it) => it.stop())
    const hello = keep(await startHello(), (it) => it.stop())
    const tally: Tally = { registered: 0, oversold: 0, unsold: 0, wrong: [] }
    const page = await fetch(`${turnout.url}/e/${data.events[0]!.slug}`)
    const works = worksOf({ data, turnout, second, hello, hasPages: page.ok, tally })
    const only = process.argv
      .find((arg) => arg.startsWith('--only='))
      ?.slice(7)
      .split('|')
    const lines: Line[] = works
      .filter(({ name, alone }) => (only ? only.some((part) => name.includes(part)) : !alone))
      .map((work) => ({ work, rounds: [] }))

    say('warming up')
    for (const { work } of lines) await work.ours(quick ? 0.5 : 2) // until V8 has compiled what runs hot
    let longest = 0
    for (let round = 1; round <= rounds; round++) {
      const began = performance.now()
      if (began + longest - begun > budget) break
      const sharedOthers = new Map<object, Measured>()
      for (const { work, rounds } of lines) {
        say(`round ${round}: ${work.name}`)
        await work.prepare?.()
        const measureOther = async () => {
          const other = (work.other.oncePerRound && sharedOthers.get(work.other)) || (await work.other.measure(seconds))
          sharedOthers.set(work.other, other)
          return other
        }
        if (round % 2) {
          const ours = await work.ours(seconds)
          rounds.push({ ours, other: await measureOther() })
        } else {
          const other = await measureOther()
          rounds.push({ ours: await work.ours(seconds), other })
        }
      }
      longest = Math.max(longest, performance.now() - began)
    }

    await checkFacts(data, tally)
    const { markdown, json } = report(lines, {
      date: new Date().toISOString().slice(0, 10),
      commit: measured,
      node: process.versions.node,
      postgres: data.version,
      cpus: availableParallelism(),
      rounds: lines[0]!.rounds.length,
      took: Math.round((performance.now() - begun) / 1_000),
      memory: turnout.residentMegabytes(),
      tally,
    })
    console.log(`\n${markdown}`)
    if (!quick && !only) keepResults(markdown, json)
  } finally {
    await close()
  }
}

/** A server on this machine: numbers over a network are about the network, and nobody's real server should be filled by mistake. */
function databaseServer(): string {
  const url = process.env.BENCH_DATABASE_URL
  if (!url)
    throw new Error(
      'BENCH_DATABASE_URL names the PostgreSQL server to measure on, e.g. postgres://postgres@127.0.0.1:5432/postgres',
    )
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname))
    throw new Error('BENCH_DATABASE_URL must name a server on this machine.')
  return url
}

function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: projectFolder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    return (
      git('rev-parse', '--short', 'HEAD') +
      (git('status', '--porcelain', '--', 'server', 'package-lock.json') ? ' with changes' : '')
    )
  } catch {
    return 'unknown'
  }
}

function keepResults(markdown: string, json: string): void {
  const folder = join(projectFolder, 'bench/results')
  const date = new Date().toISOString().slice(0, 10)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${date}.md`), markdown)
  writeFileSync(join(folder, `${date}.json`), json)
}

function say(what: string): void {
  console.error(`${((performance.now() - begun) / 1_000).toFixed(0).padStart(4)} s  ${what}`)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
