import { Button } from '@mantine/core'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ApiError } from '../api/client'
import { paths } from '../paths'
import { ButtonLink } from './button-link'
import { CheckIcon, WarningIcon } from './icons'
import styles from './states.module.css'

/** Something to know about what is next to it; errors are read out at once. */
export function Notice(props: { kind: 'error' | 'info' | 'good' | 'warn'; title?: string; children?: ReactNode }) {
  const loud = props.kind === 'error'
  return (
    <div className={`${styles.notice} ${styles[props.kind]}`} role={loud ? 'alert' : undefined}>
      {props.kind === 'good' ? <CheckIcon /> : props.kind === 'info' ? null : <WarningIcon />}
      <div>
        {props.title && <p className={styles.noticeTitle}>{props.title}</p>}
        {props.children}
      </div>
    </div>
  )
}

/** Nothing here yet, and what to do about it. */
export function Empty(props: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <Chairs />
      <h2>{props.title}</h2>
      {props.children && <p>{props.children}</p>}
      {props.action && <div className={styles.actions}>{props.action}</div>}
    </div>
  )
}

/** Grey shapes where something is on its way. */
export function Loading(props: { rows?: number }) {
  return (
    <div role="status" className={styles.loading}>
      <span className="visually-hidden">Loading…</span>
      {Array.from({ length: props.rows ?? 3 }, (_, index) => (
        <div key={index} className={styles.bone} />
      ))}
    </div>
  )
}

/** No such page, or none for this visitor. */
export function NotFoundPage() {
  return (
    <div className={styles.page}>
      <Chairs />
      <p className={styles.code}>404</p>
      <h1>Nobody turned up here</h1>
      <p className={styles.lead}>
        This page does not exist, has moved, or is not for you to see. The events are where they always were.
      </p>
      <ButtonLink to={paths.browse()} size="md">
        Browse events
      </ButtonLink>
    </div>
  )
}

/** The page could not be shown; says what to quote when asking for help. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const problem = error instanceof ApiError ? error.problem : null
  if (problem?.reading) return <LogInFirst />
  return (
    <div className={styles.page}>
      <Chairs />
      <h1>That did not work</h1>
      <p className={styles.lead}>
        {problem && problem.status < 500
          ? (problem.detail ?? problem.title)
          : 'Something broke on our side. It is not you. Trying again often helps.'}
      </p>
      <Button size="md" onClick={() => void router.invalidate()}>
        Try again
      </Button>
      {problem?.requestId && (
        <p className={styles.small}>
          If you ask for help, quote request <code>{problem.requestId}</code>
        </p>
      )}
    </div>
  )
}

/** Reading takes a log-in on this server, and a link was followed without one. */
function LogInFirst() {
  const { href } = useRouter().state.location
  return (
    <div className={styles.page}>
      <Chairs />
      <h1>Log in first</h1>
      <p className={styles.lead}>Only who is logged in sees events here.</p>
      <ButtonLink to={paths.login()} search={{ next: href }} size="md">
        Log in
      </ButtonLink>
    </div>
  )
}

function Chairs() {
  return (
    <svg aria-hidden="true" className={styles.chairs} viewBox="0 0 120 60">
      {[0, 1, 2, 3, 4, 5].map((seat) => (
        <g key={seat} transform={`translate(${seat * 20} 0)`} fill={seat === 3 ? 'var(--accent)' : 'var(--line)'}>
          <path d="M3 34V18a7 7 0 0 1 14 0v16z" />
          <path d="M1 38h18v5a5 5 0 0 1-5 5H6a5 5 0 0 1-5-5z" />
        </g>
      ))}
    </svg>
  )
}
