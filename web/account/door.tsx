import type { ReactNode } from 'react'
import { Cover } from '../ui/cover'
import { Notice } from '../ui/states'
import styles from './door.module.css'

/** The frame of the pages one comes in by. */
export function Door(props: { title: string; slug: string; lead?: string; children: ReactNode }) {
  return (
    <div className={styles.door}>
      <Cover slug={props.slug} house columns={5} rows={7} className={styles.cover} />
      <div className={styles.inside}>
        <h1>{props.title}</h1>
        {props.lead && <p className={styles.lead}>{props.lead}</p>}
        <noscript>
          <Notice kind="info">This form needs JavaScript.</Notice>
        </noscript>
        {props.children}
      </div>
    </div>
  )
}
