import { Link } from '@tanstack/react-router'
import styles from './when-tabs.module.css'

/** Upcoming or past, as two links: each list has its address. */
export function WhenTabs(props: { to: string; when: 'upcoming' | 'past' }) {
  return (
    <nav aria-label="Time" className={styles.tabs}>
      {(['upcoming', 'past'] as const).map((when) => (
        <Link
          key={when}
          to={props.to}
          search={{ when: when === 'past' ? 'past' : undefined }}
          activeProps={{}}
          aria-current={props.when === when ? 'true' : undefined}
        >
          {when === 'past' ? 'Past' : 'Upcoming'}
        </Link>
      ))}
    </nav>
  )
}
