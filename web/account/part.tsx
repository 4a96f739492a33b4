import { useId, type ReactNode } from 'react'
import styles from './account-page.module.css'

/** One thing of the account, in a card of its own. */
export function Part(props: { id: string; title: string; children: ReactNode }) {
  const heading = useId()
  return (
    <section id={props.id} className={styles.part} aria-labelledby={heading}>
      <h2 id={heading} className={styles.heading}>
        {props.title}
      </h2>
      {props.children}
    </section>
  )
}
