import { createInterface } from 'node:readline'
import { createAdmin } from '#accounts'
import { runOnce } from '../run.ts'
import { noWords, readArguments } from './arguments.ts'

/** Makes an admin; asks for what was not typed with the command. */
export async function addAdmin(args: string[]): Promise<void> {
  const typed = readArguments(
    'create-admin takes --username NAME and --email ADDRESS',
    args,
    { username: { type: 'string' }, email: { type: 'string' } },
    (values, words) => (noWords(words), values),
  )
  await runOnce(async (ctx) => {
    const asking = openQuestions()
    try {
      const { username } = await createAdmin(ctx, {
        username: typed.username ?? (await asking.ask('Username: ')),
        email: typed.email ?? (await asking.ask('E-mail: ')),
        password: await asking.ask('Password: '),
      })
      console.log(`${username} is an admin now.`)
    } finally {
      asking.close()
    }
  })
}

/** One line of standard input for each question, whether somebody types them or a pipe brings them all at once. */
function openQuestions(): { ask(question: string): Promise<string>; close(): void } {
  const terminal = process.stdin.isTTY ? process.stderr : undefined
  const lines = createInterface({ input: process.stdin, output: terminal })
  const answers = lines[Symbol.asyncIterator]()
  return {
    async ask(question) {
      terminal?.write(question)
      const { value, done } = (await answers.next()) as { value?: string; done?: boolean }
      return done ? '' : (value ?? '')
    },
    close: () => lines.close(),
  }
}
