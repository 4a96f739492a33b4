import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { createAdmin } from '#accounts'
import { BadConfiguration } from '#config'
import { FolderInUse } from '#db/folder-lock'
import { MigrationsDiffer } from '#db/migrate'
import type { Ctx } from '#kernel/ctx'
import { Refusal } from '#kernel/problem'
import { run, runOnce } from './run.ts'

const USAGE = `turnout <command>

  start          everything in one process, with examples in it: for trying it out
  serve          the HTTP server; with the embedded database the worker, too
  worker         what happens later: facts, messages, jobs (PostgreSQL only)
  migrate        brings the database to the newest schema
  create-admin   --username NAME --email ADDRESS; asks for the password

Settings are environment variables: docs/configuration.md`

const commands: Record<string, (args: string[]) => Promise<void>> = {
  start: () => run('demo', { serve: true, work: true }),
  serve: () => run('production', { serve: true, work: false }),
  worker: () => run('production', { serve: false, work: true }),
  migrate: () => runOnce(async () => {}),
  'create-admin': (args) => runOnce((ctx) => addAdmin(ctx, args)),
}

async function addAdmin(ctx: Ctx, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { username: { type: 'string' }, email: { type: 'string' } } })
  if (!values.username || !values.email) throw new BadConfiguration(['create-admin needs --username and --email'])
  const { username } = await createAdmin(ctx, {
    username: values.username,
    email: values.email,
    password: await ask('Password: '),
  })
  console.log(`${username} is an admin now.`)
}

/** The next line of standard input, whether somebody types it or a pipe brings it. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdin.isTTY ? process.stderr : undefined })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

async function main([name = 'help', ...args]: string[]): Promise<void> {
  const command = commands[name]
  if (command) return command(args)
  console.error(USAGE)
  process.exitCode = name === 'help' || name === '--help' ? 0 : 2
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const expected = [BadConfiguration, FolderInUse, MigrationsDiffer, Refusal].some((kind) => error instanceof kind)
  console.error(expected ? (error as Error).message : error)
  process.exit(1)
})
