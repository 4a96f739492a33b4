import { english, type Words } from './english.ts'
import { german } from './german.ts'

/** The languages that letters are written in. */
const LANGUAGES = { en: english, de: german } satisfies Record<string, Words>

/** The words of a language, whatever its region; of the instance's where we do not write in that one. */
export function wordsIn(language: string | null | undefined, otherwise: keyof typeof LANGUAGES): Words {
  const [name = ''] = (language ?? '').toLowerCase().split('-')
  return Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name as keyof typeof LANGUAGES] : LANGUAGES[otherwise]
}
