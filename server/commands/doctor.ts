import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig, type Config } from '#config'
import { connectEmbedded, connectPostgres, type Database } from '#db/connect'
import { FolderInUse } from '#db/folder-lock'
import { examine, examineWithoutDatabase, sendTestMail } from '#doctor'
import { fail, ok, type Finding } from '#doctor/finding'
import { actingAs } from '#kernel/ctx'
import { openLog } from '#kernel/log'
import { openSurroundings } from '../surroundings.ts'
import { noWords, readArguments } from './arguments.ts'

/** Looks at everything that has to be well and says what is not. Exits with 1 when something fails; changes nothing. */
export async function seeDoctor(args: string[]): Promise<void> {
  const address = readArguments(
    'doctor takes --send-to ADDRESS',
    args,
    { 'send-to': { type: 'string' } },
    (values, words) => (noWords(words), values['send-to']),
  )
  const findings = await findingsOf(readConfig(), address)
  for (const { name, state, says, todo } of findings) {
    console.log(`${state.padEnd(5)} ${name.padEnd(12)}  ${says}`)
    if (todo) console.log(`${' '.repeat(20)}→ ${todo}`)
  }
  if (findings.some(({ state }) => state === 'fail')) process.exitCode = 1
}

async function findingsOf(config: Config, address: string | undefined): Promise<Finding[]> {
  const log = openLog({ ...config, logLevel: 'silent' }) // what it would say is said by the findings
  const database = await openAsItIs(config)
  if ('says' in database) return examineWithoutDatabase(config, database)
  const { ctx, close } = openSurroundings(config, log, database)
  const examining = actingAs(ctx, { kind: 'system', name: 'command line' })
  try {
    const findings = await examine(examining)
    if (address === undefined) return findings
    const fault = await sendTestMail(examining, address)
    return [
      ...findings,
      fault === null
        ? ok('test mail', 'The mail server has taken it. See whether it arrives.')
        : fail('test mail', `It was not taken: ${fault}.`, 'See what is said of mail.'),
    ]
  } finally {
    await close()
  }
}

/** The database, without waiting for it, making it or bringing it up to date; or why it cannot be looked at. */
async function openAsItIs(config: Config): Promise<Database | Finding> {
  try {
    if (config.databaseUrl) {
      const database = connectPostgres(config.databaseUrl, { connections: 2, onError: () => {} })
      try {
        await database.ping()
        return database
      } catch (error) {
        await database.close()
        throw error
      }
    }
    const folder = join(config.dataDir, 'database')
    if (!existsSync(folder))
      return fail('database', `There is none in ${folder} yet.`, 'Run `migrate`, or set DATABASE_URL.')
    return await connectEmbedded({ folder, onLost: () => {} })
  } catch (error) {
    if (error instanceof FolderInUse)
      return fail(
        'database',
        `Process ${error.pid}${error.host === undefined ? '' : ` on ${error.host}`} has it to itself.`,
        'Ask that one: GET /api/v1/admin/doctor, as an admin.',
      )
    const { message, code } = error as Error & { code?: string }
    return fail(
      'database',
      `It does not answer: ${message || code}.`,
      'Compare DATABASE_URL with where it runs, and who may log in there.',
    )
  }
}
