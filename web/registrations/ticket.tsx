import { Button } from '@mantine/core'
import styles from './ticket.module.css'

/** The QR code that lets one person in, large enough to be scanned from a phone, and the page to print. `from` is the ticket's address without an ending. */
export function Ticket({ from, name }: { from: string; name: string }) {
  return (
    <section className={styles.ticket} aria-label="Ticket">
      <img className={styles.code} src={`${from}.svg`} width={280} height={280} alt={`QR code that lets ${name} in`} />
      <p>Show this at the door. It lets one person in once.</p>
      <Button component="a" href={`${from}.pdf`} target="_blank" rel="noreferrer" variant="default" size="md">
        Print or save (PDF)
      </Button>
    </section>
  )
}
