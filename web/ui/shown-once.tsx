import { Button } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import styles from './shown-once.module.css'
import { Notice } from './states'
import { toast } from './toasts'

/** A secret that nobody can be shown again: to copy, to save as a file, and to put away. */
export function ShownOnce(props: {
  title: string
  children: ReactNode
  lines: string[]
  fileName: string
  onDone: () => void
}) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), []) // it takes the place of what was pressed, and is read out
  const text = props.lines.join('\n')
  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      toast('Copied.')
    } catch {
      toast('Your browser does not let us copy it: mark it and copy it yourself.')
    }
  }
  return (
    <div ref={box} tabIndex={-1} role="group" aria-label={props.title} className={styles.once}>
      <Notice kind="warn" title={props.title}>
        {props.children}
      </Notice>
      <ul className={styles.lines}>
        {props.lines.map((line) => (
          <li key={line}>
            <code>{line}</code>
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => void copy()}>
          Copy
        </Button>
        <Button
          component="a"
          variant="default"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download={props.fileName}
        >
          Download
        </Button>
        <Button onClick={props.onDone}>I have saved it</Button>
      </div>
    </div>
  )
}
