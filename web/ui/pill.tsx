import type { ReactNode } from 'react'
import styles from './pill.module.css'

/** A state in a word or two; the words say it, the colour only helps. */
export function Pill(props: { tone: 'good' | 'wait' | 'bad' | 'plain'; children: ReactNode }) {
  return (
    <span className={styles.pill} data-tone={props.tone}>
      {props.children}
    </span>
  )
}
