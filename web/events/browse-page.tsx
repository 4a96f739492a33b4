import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { paths } from '../paths'
import { ButtonLink } from '../ui/button-link'
import { Cover } from '../ui/cover'
import { FilterIcon, SearchIcon } from '../ui/icons'
import { Empty, Loading, Notice } from '../ui/states'
import { filtersOf, isNarrowed, presets, sorts, type BrowseFilters } from './browse-filters'
import styles from './browse-page.module.css'
import { EventCard } from './event-card'
import { browseQuery, categoriesQuery, tagsQuery } from './event-queries'

/** Browse and search. The address holds the whole question, so a list can be sent to a friend. */
export function BrowsePage({ filters }: { filters: BrowseFilters }) {
  const list = useInfiniteQuery(browseQuery(filters))
  const events = list.data?.pages.flatMap((page) => page.items) ?? []
  const narrowed = isNarrowed(filters)
  const next = list.data?.pages.at(-1)?.nextCursor

  return (
    <>
      <Filters filters={filters} />
      <section aria-labelledby="list">
        <div className={styles.listHead}>
          <h2 id="list">{headingFor(filters)}</h2>
          {(narrowed || filters.cursor) && (
            <Link to={paths.browse()} className={styles.clear}>
              {narrowed ? 'Clear all filters' : 'Back to the start'}
            </Link>
          )}
        </div>
        {list.isPending ? (
          <Loading />
        ) : list.isError && events.length === 0 ? (
          <Notice kind="error" title="The events could not be loaded">
            <Button variant="default" mt="sm" onClick={() => void list.refetch()}>
              Try again
            </Button>
          </Notice>
        ) : events.length === 0 ? (
          narrowed ? (
            <Empty title="Nothing matches, yet" action={<ButtonLink to={paths.browse()}>Show all events</ButtonLink>}>
              Try fewer words, another day or any category. Full events show up when you allow them to.
            </Empty>
          ) : (
            <Empty
              title="The stage is empty"
              action={
                <ButtonLink to={paths.signup()} search={{ as: 'organizer' }}>
                  Run the first event
                </ButtonLink>
              }
            >
              No event has been published here. Somebody has to be first.
            </Empty>
          )
        ) : (
          <ul className={styles.grid}>
            {events.map((event) => (
              <li key={event.id}>
                <EventCard event={event} />
              </li>
            ))}
          </ul>
        )}
        {next && (
          <div className={styles.more}>
            {list.isFetchNextPageError && <Notice kind="error">More events could not be loaded. Try again.</Notice>}
            {/* A link, so that the next page exists without JavaScript too. */}
            <ButtonLink
              to={paths.browse()}
              search={{ ...filters, cursor: next }}
              preload={false}
              variant="default"
              size="md"
              loading={list.isFetchingNextPage}
              onClick={(click) => {
                if (click.metaKey || click.ctrlKey || click.shiftKey) return
                click.preventDefault()
                void list.fetchNextPage()
              }}
            >
              Show more events
            </ButtonLink>
          </div>
        )}
      </section>
    </>
  )
}

function headingFor({ text, when = '', from, to }: BrowseFilters) {
  const preset = from || to ? 'On your dates' : when && presets.find(({ value }) => value === when)?.label
  if (text) return `Results for “${text}”`
  return preset || 'Coming up'
}

function Filters({ filters }: { filters: BrowseFilters }) {
  const navigate = useNavigate()
  const categories = useQuery(categoriesQuery()).data?.items ?? []
  const tags = useQuery(tagsQuery()).data ?? []
  const form = useRef<HTMLFormElement>(null)
  const picked = Boolean(filters.from ?? filters.to)
  const active = [filters.category, filters.tag, filters.from, filters.to, filters.sort, filters.seats].filter(
    Boolean,
  ).length
  const [unfolded, setUnfolded] = useState(active > 0)

  // The fields are uncontrolled, as a plain form's are; going back in history has to reach them too. Only where the
  // filters have become others: what somebody chose before the page had come alive must not be undone.
  const shown = useRef(JSON.stringify(filters))
  useEffect(() => {
    const now = JSON.stringify(filters)
    if (shown.current === now) return
    shown.current = now
    for (const element of form.current?.elements ?? []) {
      if (!(element instanceof HTMLInputElement || element instanceof HTMLSelectElement)) continue
      const value = filters[element.name as keyof BrowseFilters] ?? ''
      if (element instanceof HTMLInputElement && element.type === 'checkbox') element.checked = value !== ''
      else if (element !== document.activeElement) element.value = value
    }
  }, [filters])

  function search(changes: Record<string, unknown> = {}) {
    const values = Object.fromEntries(new FormData(form.current!))
    const asked: Record<string, unknown> = { when: filters.when, ...values, ...changes }
    if (asked['from'] || asked['to']) delete asked['when']
    void navigate({ to: paths.browse(), search: filtersOf(asked), resetScroll: false })
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    search()
  }

  return (
    <form ref={form} action={paths.browse()} method="get" role="search" onSubmit={submit} className={styles.filters}>
      <div className={styles.hero}>
        <Cover slug="turnout-front" house columns={6} rows={4} className={styles.heroCover} />
        <div className={styles.heroText}>
          <h1>Find something worth turning up for</h1>
          <div className={styles.searchBar}>
            <label htmlFor="text" className="visually-hidden">
              Search events
            </label>
            <SearchIcon size={22} />
            <input
              id="text"
              type="search"
              name="text"
              defaultValue={filters.text}
              placeholder="Title, place, description…"
            />
            <Button type="submit" variant="onband" size="md">
              Search
            </Button>
          </div>
        </div>
      </div>

      <nav aria-label="Dates" className={styles.presets}>
        {presets.map(({ value, label }) => {
          const current = !picked && (filters.when ?? '') === value
          const { from: _from, to: _to, cursor: _cursor, ...rest } = filters
          return (
            <Link
              key={value}
              to={paths.browse()}
              search={{ ...rest, when: value || undefined }}
              resetScroll={false}
              activeProps={{}}
              className={styles.preset}
              data-current={current || undefined}
              aria-current={current ? 'true' : undefined}
            >
              {label}
            </Link>
          )
        })}
      </nav>
      {filters.when && <input type="hidden" name="when" value={filters.when} />}

      {/* On a phone the fields would push the events out of sight. They stand beside the element, not in it: where
          there is room for them they are always shown, which a closed details element would not do. */}
      <details
        className={styles.fold}
        open={unfolded || active > 0}
        onToggle={(event) => setUnfolded(event.currentTarget.open)}
      >
        <summary>
          <FilterIcon size={18} />
          Filters
          {active > 0 && <span className={styles.count}>{active} in use</span>}
        </summary>
      </details>
      <div className={styles.row}>
        <NativeSelect
          label="Category"
          name="category"
          defaultValue={filters.category ?? ''}
          onChange={(event) => search({ category: event.currentTarget.value })}
          data={[
            { value: '', label: 'All categories' },
            ...categories.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <NativeSelect
          label="Tag"
          name="tag"
          defaultValue={filters.tag ?? ''}
          onChange={(event) => search({ tag: event.currentTarget.value })}
          data={[
            { value: '', label: 'All tags' },
            ...[...new Set([...tags.map(({ name }) => name), ...(filters.tag ? [filters.tag] : [])])],
          ]}
        />
        <TextInput type="date" label="From" name="from" defaultValue={filters.from} onBlur={onDate} />
        <TextInput type="date" label="To" name="to" defaultValue={filters.to} onBlur={onDate} />
        <NativeSelect
          label="Order"
          name="sort"
          defaultValue={filters.sort ?? ''}
          onChange={(event) => search({ sort: event.currentTarget.value })}
          data={sorts.map(({ value, label }) => ({ value, label: !value && filters.text ? 'Best match' : label }))}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            name="seats"
            value="1"
            defaultChecked={Boolean(filters.seats)}
            onChange={(event) => search({ seats: event.currentTarget.checked ? '1' : '' })}
          />
          Only with free seats
        </label>
        <noscript>
          <button type="submit" className={styles.apply}>
            Apply
          </button>
        </noscript>
      </div>
    </form>
  )

  // A date is typed in three parts: asking at every keystroke would show lists nobody wanted.
  function onDate(event: { currentTarget: HTMLInputElement }) {
    const { name, value } = event.currentTarget
    if ((filters[name as 'from' | 'to'] ?? '') !== value) search()
  }
}
