import { comparable } from '#kernel/text'

// Fifty thousand passwords, from the lists every attacker begins with. Most processes and most days need none of them.
let list: Promise<ReadonlySet<string>> | undefined

const MOST_ADDED = 4
const LEAST_CORE = 4
const DISGUISES: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
}

/** Whether it is one of the best known, in capitals or disguise, or one with a few characters put before or after it. */
export async function isWellKnown(password: string): Promise<boolean> {
  const known = await (list ??= load())
  const compared = comparable(password)
  const plain = compared.replace(/[@431!0$5]/g, (sign) => DISGUISES[sign]!)
  return [compared, plain, coreOf(compared), coreOf(plain)].some((each) => each !== undefined && known.has(each))
}

/** What is left of it without the digits and signs at its ends, where they are few. */
function coreOf(compared: string): string | undefined {
  const core = compared.replace(/^[\d\p{P}\p{S}\s]+|[\d\p{P}\p{S}\s]+$/gu, '')
  return core.length >= LEAST_CORE && compared.length - core.length <= MOST_ADDED ? core : undefined
}

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
