import { getRouteApi } from '@tanstack/react-router'
import { Notice } from '../ui/states'
import styles from './account-page.module.css'
import { useMe } from './account-queries'
import { ApiKeysPart } from './api-keys-part'
import { EmailPart } from './email-part'
import { FollowingPart } from './following-part'
import { MessagesPart } from './messages-part'
import { PasswordPart } from './password-part'
import { PhonePart } from './phone-part'
import { PicturePart } from './picture-part'
import { PreferencesPart } from './preferences-part'
import { ProfilePart } from './profile-part'
import { ProofDialog } from './proof'
import { outcomeWords } from './provider-words'
import { SessionsPart } from './sessions-part'
import { TermsPart } from './terms-part'
import { TwoFactorPart } from './two-factor-part'
import { WaysInPart } from './ways-in-part'
import { YourData } from './your-data'

const route = getRouteApi('/account')

const PARTS = {
  profile: 'Profile',
  picture: 'Picture',
  email: 'E-mail',
  password: 'Password',
  'two-factor': 'Two-factor',
  sessions: 'Where you are logged in',
  preferences: 'Preferences',
  following: 'Reminders',
  messages: 'Messages',
  'api-keys': 'API keys',
  data: 'Your data',
}

/** Who one is here, how one gets in, and what is kept. */
export function AccountPage() {
  const outcome = outcomeWords(route.useSearch().problem)
  const me = useMe()
  if (!me) return null
  return (
    <ProofDialog>
      <div className={styles.page}>
        <h1>Your account</h1>
        <nav aria-label="Parts of your account" className={styles.jumps}>
          <ul className={styles.parts}>
            {Object.entries(PARTS).map(([id, title]) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.all}>
          {outcome && <Notice kind="error">{outcome}</Notice>}
          <TermsPart terms={me.termsToAccept} />
          <ProfilePart me={me} />
          <PicturePart me={me} />
          <EmailPart me={me} />
          <PasswordPart />
          <TwoFactorPart />
          <WaysInPart />
          <SessionsPart />
          <PreferencesPart />
          <FollowingPart />
          <PhonePart />
          <MessagesPart />
          <ApiKeysPart />
          <YourData />
        </div>
      </div>
    </ProofDialog>
  )
}
