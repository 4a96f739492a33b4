import { Button, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useRouter, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { becomeAccount, fullName, organizes, useMe } from '../account/account-queries'
import { send } from '../api/client'
import { paths } from '../paths'
import { ButtonLink } from './button-link'
import { MenuIcon, MoonIcon, SunIcon } from './icons'
import { Picture } from './picture'
import styles from './shell.module.css'
import { toast, Toasts } from './toasts'

/** What every page stands in. */
export function Shell() {
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname })
  const before = useRef(path)

  // A reader of the page is told of the new one; the first page was read from its top anyway.
  useEffect(() => {
    if (before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path])

  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip}>
        Skip to the content
      </a>
      <Header path={path} />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <TermsHint path={path} />
        <Outlet />
      </main>
      <footer className={styles.footer}>
        <p>
          <Logo /> Events people turn up to. Hosted by whoever runs this server.
        </p>
        <p>
          <a href="/api/docs/">API documents</a>
        </p>
      </footer>
      <Toasts />
    </div>
  )
}

function Header({ path }: { path: string }) {
  const me = useMe()
  const busy = useRouterState({ select: (state) => state.isLoading && state.resolvedLocation !== undefined })
  return (
    <header className={styles.header}>
      <div className={styles.progress} data-busy={busy || undefined} />
      <div className={styles.bar}>
        <Link to={paths.browse()} className={styles.home} aria-label="Turnout, to the events">
          <Logo />
        </Link>
        <nav className={styles.links} aria-label="Main">
          <NavLinks />
        </nav>
        <div className={styles.right}>
          <SchemeToggle />
          {me ? (
            <span className={styles.wide}>
              <Link to={paths.account()} className={styles.who} activeProps={{}}>
                {me.picture && <Picture picture={me.picture} alt="" sizes="32px" className={styles.face} />}
                {fullName(me)}
              </Link>
              <SignOut />
            </span>
          ) : (
            <>
              <span className={styles.wide}>
                <ButtonLink to={paths.login()} variant="subtle">
                  Log in
                </ButtonLink>
              </span>
              <ButtonLink to={paths.signup()} className={styles.join}>
                Sign up
              </ButtonLink>
            </>
          )}
          {/* A details element opens without JavaScript too; the key closes it on the next page. */}
          <details className={styles.menu} key={path}>
            <summary aria-label="Menu">
              <MenuIcon size={24} />
            </summary>
            <nav className={styles.sheet} aria-label="Menu">
              <NavLinks />
              {me ? (
                <>
                  <p className={styles.who}>Signed in as {fullName(me)}</p>
                  <Link to={paths.account()}>Your account</Link>
                  <SignOut />
                </>
              ) : (
                <Link to={paths.login()}>Log in</Link>
              )}
            </nav>
          </details>
        </div>
      </div>
    </header>
  )
}

/** On every page until they are accepted; their own page says more. */
function TermsHint({ path }: { path: string }) {
  const terms = useMe()?.termsToAccept
  if (!terms || path === paths.account()) return null
  return (
    <p className={styles.hint}>
      The terms of this server have changed.{' '}
      <Link to={paths.account()} hash="terms">
        Read and accept them
      </Link>
    </p>
  )
}

function NavLinks() {
  const me = useMe()
  return (
    <>
      <Link to={paths.browse()} activeOptions={{ exact: true, includeSearch: false }}>
        Events
      </Link>
      {me && <Link to={paths.myRegistrations()}>My registrations</Link>}
      {organizes(me) ? (
        <Link to={paths.organize()}>Organize</Link>
      ) : (
        !me && (
          <Link to={paths.signup()} search={{ as: 'organizer' }} activeProps={{}}>
            Run an event
          </Link>
        )
      )}
    </>
  )
}

function SignOut() {
  const queryClient = useQueryClient()
  const router = useRouter()
  async function signOut() {
    await send('delete', '/sessions/current').catch(() => undefined)
    becomeAccount(queryClient, null)
    await router.navigate({ to: paths.browse() })
    await router.invalidate()
    toast('You are signed out.')
  }
  return (
    <Button variant="subtle" onClick={() => void signOut()}>
      Sign out
    </Button>
  )
}

function SchemeToggle() {
  const { toggleColorScheme } = useMantineColorScheme()
  // Both pictures are in the page and the style sheet shows one: the server does not know the scheme.
  return (
    <button
      type="button"
      className={styles.toggle}
      onClick={toggleColorScheme}
      aria-label="Switch between light and dark"
    >
      <span className="mantine-dark-hidden">
        <MoonIcon />
      </span>
      <span className="mantine-light-hidden">
        <SunIcon />
      </span>
    </button>
  )
}

function Logo() {
  return (
    <span className={styles.logo}>
      <svg aria-hidden="true" viewBox="0 0 32 32" width="28" height="28">
        <rect width="32" height="32" rx="8" fill="var(--band)" />
        <path d="M7 24V8h9a8 8 0 0 1 0 16z" fill="var(--accent)" />
        <circle cx="16" cy="16" r="3" fill="var(--band)" />
      </svg>
      turnout
    </span>
  )
}
