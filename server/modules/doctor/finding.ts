/** What a look at one thing has found: in one sentence how it is, and where that is not well, what to do. */
export type Finding = { name: string; state: 'ok' | 'warn' | 'fail'; says: string; todo: string | null }

/** All is well. */
export const ok = (name: string, says: string): Finding => ({ name, state: 'ok', says, todo: null })
/** It works, and somebody should look at it. */
export const warn = (name: string, says: string, todo: string): Finding => ({ name, state: 'warn', says, todo })
/** It does not work. */
export const fail = (name: string, says: string, todo: string): Finding => ({ name, state: 'fail', says, todo })

/** Seconds as people say them. */
export function spoken(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const [count, unit] =
    whole < 120
      ? [whole, 'second']
      : whole < 7_200
        ? [Math.round(whole / 60), 'minute']
        : whole < 172_800
          ? [Math.round(whole / 3_600), 'hour']
          : [Math.round(whole / 86_400), 'day']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
