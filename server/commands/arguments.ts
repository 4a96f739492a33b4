import { parseArgs, type ParseArgsConfig } from 'node:util'
import { BadConfiguration } from '#config'

/** Reads what was typed behind a command; says what it takes where that was something else. */
export function readArguments<const O extends NonNullable<ParseArgsConfig['options']>, R>(
  takes: string,
  args: string[],
  options: O,
  read: (values: ReturnType<typeof parseArgs<{ options: O }>>['values'], words: string[]) => R,
): R {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
    return read(values, positionals)
  } catch (error) {
    throw new BadConfiguration([`${takes}: ${(error as Error).message}`])
  }
}

/** For commands that take nothing else. */
export function noWords(words: string[]): void {
  if (words.length > 0) throw new Error(`${words[0]} is none of that`)
}
