import styles from './seat-picture.module.css'

type Counts = { going: number; waitlisted: number; cancelled: number }

// More seats than this are no longer counted by eye: then the picture is one bar.
const drawable = 240

/** The house as it will look: a dot for every seat, then the line at the door. */
export function SeatPicture({ counts, capacity }: { counts: Counts; capacity: number | null }) {
  const { going, waitlisted, cancelled } = counts
  const free = capacity === null ? 0 : Math.max(0, capacity - going)
  const drawn = going + free + waitlisted
  return (
    <div className={styles.picture}>
      <dl className={styles.numbers}>
        <div data-kind="going">
          <dt>Going</dt>
          <dd>
            {going}
            {capacity !== null && <small> of {capacity}</small>}
          </dd>
        </div>
        <div data-kind="waiting">
          <dt>Waiting</dt>
          <dd>{waitlisted}</dd>
        </div>
        <div data-kind="cancelled">
          <dt>Cancelled</dt>
          <dd>{cancelled}</dd>
        </div>
      </dl>
      {drawn > 0 && drawn <= drawable ? (
        <div className={styles.seats} aria-hidden="true">
          {dots('going', going)}
          {dots('free', free)}
          {waitlisted > 0 && <i data-kind="door" />}
          {dots('waiting', waitlisted)}
        </div>
      ) : drawn > 0 ? (
        <div className={styles.bar} aria-hidden="true">
          <i data-kind="going" style={{ flexGrow: going }} />
          <i data-kind="free" style={{ flexGrow: free }} />
          <i data-kind="waiting" style={{ flexGrow: waitlisted }} />
        </div>
      ) : null}
    </div>
  )
}

function dots(kind: string, count: number) {
  return Array.from({ length: count }, (_, index) => <i key={kind + index} data-kind={kind} />)
}
