import { Link } from '@tanstack/react-router'
import { paths } from '../paths'
import styles from './tags.module.css'

/** What an event is marked with; on its own page each leads to the others of its kind. */
export function Tags({ tags, linked = false }: { tags: string[]; linked?: boolean }) {
  if (tags.length === 0) return null
  return (
    <ul className={styles.tags} aria-label="Tags">
      {tags.map((tag) => (
        <li key={tag}>
          {linked ? (
            <Link to={paths.browse()} search={{ tag }}>
              {tag}
            </Link>
          ) : (
            tag
          )}
        </li>
      ))}
    </ul>
  )
}
