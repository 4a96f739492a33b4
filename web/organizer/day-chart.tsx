import styles from './day-chart.module.css'

type Day = { day: string; registered: number; cancelled: number }

const HEIGHT = 120
const DAY = 86_400_000

/** A bar up for who registered on a day and one down for who left, with the same in a table for who does not see it. */
export function DayChart({ days }: { days: Day[] }) {
  const first = Date.parse(days[0]!.day)
  const count = (Date.parse(days.at(-1)!.day) - first) / DAY + 1
  const most = Math.max(1, ...days.map((each) => Math.max(each.registered, each.cancelled)))
  const tall = (people: number) => (people === 0 ? 0 : Math.max(2, (people / most) * HEIGHT))
  // A single day is a bar and not a wall.
  const width = Math.max(count, 30)
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${width} ${HEIGHT * 2}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {days.map(({ day, registered, cancelled }) => {
          const x = (Date.parse(day) - first) / DAY
          return (
            <g key={day}>
              <rect x={x + 0.1} width={0.8} y={HEIGHT - tall(registered)} height={tall(registered)} data-kind="came" />
              <rect x={x + 0.1} width={0.8} y={HEIGHT} height={tall(cancelled)} data-kind="left" />
            </g>
          )
        })}
        <line x1={0} x2={width} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <figcaption className={styles.legend} aria-hidden="true">
        <span data-kind="came">Registered</span>
        <span data-kind="left">Cancelled</span>
        <span>
          {dayOf(days[0]!.day)} to {dayOf(days.at(-1)!.day)}, at most {most} a day
        </span>
      </figcaption>
      <details className={styles.details}>
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Registered</th>
              <th scope="col">Cancelled</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, registered, cancelled }) => (
              <tr key={day}>
                <th scope="row">{dayOf(day)}</th>
                <td>{registered}</td>
                <td>{cancelled}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "4 Dec 2026" of "2026-12-04". */
function dayOf(day: string) {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${MONTHS[month! - 1]} ${year}`
}
