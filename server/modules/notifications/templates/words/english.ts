/** What letters say, in English. Every other language says the same, or does not compile. */
export const english = {
  locale: 'en-GB',
  hello: (name: string) => (name ? `Hello ${name},` : 'Hello,'),
  labels: { event: 'Event', when: 'When', where: 'Where', online: 'Online' },
  /** The same time where the person is. */
  forYou: (time: string, zone: string) => `${time} for you (${zone})`,
  eventPage: 'The event’s page',
  seeEvent: 'See the event',
  seeEvents: 'See the events',
  logIn: 'Log in',
  yourAccount: 'Your account',
  yourEvents: 'Your events',
  registration: (guest: boolean): string => (guest ? 'Your registration' : 'Your registrations'),
  viewOrCancel: (guest: boolean): string => (guest ? 'View or cancel your registration' : 'Your registrations'),
  ticket: (guest: boolean): string => (guest ? 'Your ticket (PDF)' : 'Your ticket'),
  nobodyReads: 'Nobody reads replies to this.',
  unsubscribe: 'No more mails like this',
  footers: {
    registration: 'You get this because this address was registered for the event.',
    account: 'You get this because of your account here.',
    security: 'You get this because it concerns the security of your account.',
    invited: 'You get this because the organizer of the event invited this address.',
    organizer: 'You get this because you organize the event.',
    follows: 'You get this because this address follows the event.',
    notYou: 'If it was not you, do nothing.',
  },

  confirmed: {
    subject: (title: string) => `You have a place: ${title}`,
    heading: 'You have a place',
    paragraphs: (title: string) => [
      `Your place at “${title}” is confirmed.`,
      'If you cannot come, please give the place back, so that somebody else can have it.',
    ],
  },
  toConfirm: {
    subject: (title: string) => `Confirm your place: ${title}`,
    heading: (waits: boolean): string => (waits ? 'Confirm your place in line' : 'Confirm your place'),
    paragraphs: (title: string, until: string, waits: boolean) => [
      waits
        ? `Somebody, we hope you, has asked for a place at “${title}” with this address. It is full; a place in line is held for you until ${until}.`
        : `Somebody, we hope you, has registered for “${title}” with this address. A place is held for you until ${until}. It is yours once you confirm.`,
      'If that was not you, or you do not want it, you need not do anything: you get no further mail.',
    ],
    button: 'Look and confirm',
  },
  waitlisted: {
    subject: (title: string) => `You are on the waitlist: ${title}`,
    heading: 'You are on the waitlist',
    paragraphs: (title: string, position: number) => [
      `“${title}” is full. You are number ${position} in line.`,
      'When your turn comes the seat is yours at once, and we write to you. You need not do anything until then.',
    ],
  },
  promoted: {
    subject: (title: string) => `You have a seat now: ${title}`,
    heading: 'A seat is free, and it is yours',
    paragraphs: (title: string) => [
      `You have come from the waitlist to a seat at “${title}”. It is confirmed.`,
      'If you cannot come, please give it back, so that the next in line can have it.',
    ],
  },
  cancelled: {
    subject: (title: string) => `Registration cancelled: ${title}`,
    heading: 'Your registration is cancelled',
    paragraphs: (title: string) => [
      `You no longer have a place at “${title}”.`,
      'If you change your mind, you can register again on the event’s page.',
    ],
  },
  corrected: {
    subject: (title: string) => `Your registration was corrected: ${title}`,
    heading: 'Your registration was corrected',
    paragraphs: (title: string) => [
      `The name or address of your registration for “${title}” was changed.`,
      'A ticket that you have printed or saved is no longer valid: please open it again.',
    ],
    button: 'View your registration',
  },
  passedOn: {
    subject: (title: string) => `Your ticket was passed on: ${title}`,
    heading: 'Your ticket was passed on',
    paragraphs: (title: string) => [
      `Somebody else has your place at “${title}” now. Your own ticket is no longer valid.`,
      'If this was not you, please write to the organizer.',
    ],
  },
  eventCancelled: {
    subject: (title: string) => `Event cancelled: ${title}`,
    heading: 'The event is cancelled',
    paragraphs: (title: string, reason: string) => [
      `“${title}” will not take place. Your registration has ended; you need not do anything.`,
      ...(reason ? [`The organizer writes: ${reason}`] : []),
    ],
  },
  moved: {
    subject: (title: string) => `Moved: ${title}`,
    heading: 'The event was moved',
    paragraphs: (title: string, was: { when: string; where: string }) => [
      `The organizer has changed when or where “${title}” takes place. Below is what is true now; your registration stays as it is.`,
      ...(was.when ? [`Before, it was ${was.when}.`] : []),
      ...(was.where ? [`The place was: ${was.where}`] : []),
      'If you cannot come now, please give your place back, so that somebody else can have it.',
    ],
  },
  invited: {
    subject: (title: string) => `You are invited: ${title}`,
    heading: 'You are invited',
    paragraphs: (title: string) => [
      `You are invited to “${title}”.`,
      'The link below is yours: it opens the event’s page, where you can register.',
    ],
  },
  notPublished: {
    subject: (title: string) => `Not published: ${title}`,
    heading: 'Your event was not published',
    paragraphs: (title: string, reason: string) => [
      `“${title}” should have been published by now, and could not be. It is still a draft.`,
      ...(reason ? [reason] : []),
    ],
  },
  held: {
    subject: (title: string) => `Pay for your seat: ${title}`,
    heading: 'A seat is held for you',
    paragraphs: (title: string, until: string, price: string) => [
      `A seat at “${title}” is held for you until ${until}. It is yours once ${price ? `${price} is paid` : 'it is paid for'}.`,
      'If you no longer want it, you need not do anything: after that it goes to somebody else.',
    ],
    button: 'Pay for your seat',
  },
  offered: {
    subject: (title: string) => `A seat is free for you: ${title}`,
    heading: 'A seat is free, and it is held for you',
    paragraphs: (title: string, until: string, price: string) => [
      `You have come from the waitlist to a seat at “${title}”. It is held for you until ${until}, and yours once ${price ? `${price} is paid` : 'it is paid for'}.`,
      'If you no longer want it, you need not do anything: after that it goes to somebody else.',
    ],
  },
  lapsed: {
    subject: (title: string) => `Your seat is no longer held: ${title}`,
    heading: 'Your seat is no longer held',
    paragraphs: (title: string) => [
      `The seat at “${title}” was not paid for in time, and is free for somebody else.`,
      'If you still want to come, register again. Money that arrives now gets you a seat if there is one, and else goes back to you.',
    ],
    button: 'Register again',
  },

  reminder: {
    subject: (title: string, begins: string) => `Reminder: ${title}, ${begins}`,
    heading: 'It begins soon',
    withPlace: (title: string, begins: string) => [
      `“${title}” begins on ${begins}. Your place is waiting for you.`,
      'If you cannot come, please give it back, so that somebody else can have it.',
    ],
    following: (title: string, begins: string) => [
      `“${title}” begins on ${begins}.`,
      'You asked to be reminded of it.',
    ],
  },
  followed: {
    stop: 'Hear no more of this event',
    subscribed: {
      subject: (title: string) => `You follow: ${title}`,
      heading: 'You will hear of it',
      paragraphs: (title: string) => [
        `Somebody, probably you, asked us to tell you of “${title}”: when it is moved or cancelled, and before it begins. It is no registration.`,
        'If it was not you, or you have changed your mind, the second link ends it.',
      ],
    },
    moved: (title: string, now: { begins: string }, was: { when: string; where: string }) => [
      `“${title}” was changed. ${now.begins ? `It begins on ${now.begins} now.` : 'It is somewhere else now.'}`,
      ...(was.when ? [`Before, it was ${was.when}.`] : []),
      ...(was.where ? [`The place was: ${was.where}`] : []),
    ],
    cancelled: (title: string, reason: string) => [
      `“${title}” will not take place.`,
      ...(reason ? [`The organizer writes: ${reason}`] : []),
    ],
  },

  verifyEmail: {
    heading: 'Is this your address?',
    paragraphs: [
      'Somebody, you we hope, gave this address for an account. Follow the link to say that it is yours; it is good for a day.',
    ],
    button: 'It is mine',
  },
  accountExists: {
    heading: 'You have an account already',
    paragraphs: [
      'Somebody, you perhaps, wanted to sign up with this address. It has an account, so no other was opened: log in as you always do.',
      'If you do not remember the password, choose another one by the link. It is good for an hour.',
    ],
    footer: 'If it was not you, do nothing: nobody was told that you have an account.',
  },
  resetPassword: {
    subject: 'A new password',
    paragraphs: [
      'Choose another password by the link. It is good for an hour, and once. Wherever you are logged in, you are logged out then.',
    ],
    button: 'Choose a new password',
    footer: 'If you did not ask for this, do nothing: your password stays as it is.',
  },
  changeEmail: {
    subject: 'Your new address',
    heading: 'Is this your new address?',
    paragraphs: [
      'Somebody, you we hope, wants to use this address for their account from now on. Follow the link and it is so; until then nothing changes. It is good for a day.',
    ],
    button: 'Use this address',
  },
  emailChanged: {
    heading: 'Your account has another address now',
    paragraphs: [
      'From now on we write about your account to its new address, and no longer to this one.',
      'If you did not change it, somebody else has your password: tell whoever runs this server at once.',
    ],
  },
  addressWanted: {
    heading: 'Somebody wanted to use your address',
    paragraphs: [
      'Whoever is logged in to another account wanted to use this address for it. It is yours and stays yours, and they were not told so.',
      'If you have two accounts, log in to this one first and give it another address.',
    ],
  },
  passwordChanged: {
    heading: 'Your password was changed',
    paragraphs: [
      'Your account has a new password, and everywhere else it is logged out.',
      'If you did not change it, choose another one now: the link takes you to where you can ask for a mail that lets you.',
    ],
    button: 'It was not me',
  },
  tokenReused: {
    heading: 'We ended one of your sessions',
    paragraphs: [
      'A key to your account that was used up already was used once more. A program that went wrong does that, or somebody who has copied the key, so we ended the session it belongs to.',
      'Log in again. If you know of no program that has your key, choose a new password as well.',
    ],
    button: 'See where I am logged in',
  },
  suspended: {
    heading: 'Your account was suspended',
    paragraphs: (reason: string) => [
      'Whoever runs this server has suspended your account: you are logged out and cannot log in until that is lifted. Your places at events stay as they are.',
      ...(reason ? [`They wrote: ${reason}`] : []),
    ],
  },
  suspensionLifted: {
    heading: 'You can log in again',
    paragraphs: ['Your account is no longer suspended. Everything is as you left it.'],
  },
  phoneCode: {
    heading: 'Your code',
    paragraph: (code: string) =>
      `${code} is your code. It is good for ten minutes. If you did not ask for it, do nothing.`,
  },

  security: {
    notYou: 'If it was not you, change your password and look through the sessions of your account now.',
    'two-factor-on': () => [
      'Two-factor is on',
      'From now on logging in to your account wants a code of your app as well.',
    ],
    'two-factor-off': () => ['Two-factor is off', 'Logging in to your account wants no code of an app any more.'],
    'recovery-codes-renewed': () => [
      'You have new recovery codes',
      'The recovery codes that you had before are good for nothing now.',
    ],
    'recovery-code-used': ({ left = '0' }: Record<string, string>) => [
      'A recovery code was used',
      `Somebody logged in with a recovery code. You have ${left} left.`,
    ],
    'two-factor-locked': () => [
      'Somebody is guessing your codes',
      'Ten codes were tried for your account within a quarter of an hour. Whoever did that knows your password, or is in one of your providers’ accounts. No code is taken for a while.',
    ],
    'api-key-made': ({ name = '' }: Record<string, string>) => [
      'An API key was made',
      `Programs can act for you with the new key “${name}”.`,
    ],
    'way-in-linked': ({ provider = '' }: Record<string, string>) => [
      'There is a new way into your account',
      `You can log in through ${provider} from now on.`,
    ],
    'way-in-unlinked': ({ provider = '' }: Record<string, string>) => [
      'A way into your account is gone',
      `Nobody can log in to it through ${provider} any more.`,
    ],
  },

  team: {
    invited: {
      heading: (role: string): string => (role === 'owner' ? 'Will you take it over' : 'Will you help'),
      paragraphs: (title: string, who: string, role: string) => [
        `It is about “${title}”. ${who} ${
          {
            owner: 'asks you to take it over: from then on it is yours',
            'co-organizer': 'asks you to help run it, as a co-organizer',
            'check-in': 'asks you to help at the door, to let people in',
          }[role] ?? 'asks you to help'
        }.`,
        'Follow the link to say yes or no. You need an account with this address; the link is good for two weeks.',
      ],
      button: 'See the invitation',
      footer: 'You get this because an organizer invited this address. If it means nothing to you, do nothing.',
    },
    answered: {
      subject: (title: string, who: string, yes: boolean) => `${yes ? 'Yes' : 'No'} from ${who}: ${title}`,
      heading: (yes: boolean): string => (yes ? 'They said yes' : 'They said no'),
      paragraph: (title: string, who: string, role: string, yes: boolean) => {
        if (!yes) return `${who} declined to help with “${title}”.`
        if (role === 'owner') return `${who} has taken over “${title}”: it is theirs now.`
        return `${who} is on the team of “${title}” now.`
      },
      footer: 'You get this because you invited somebody.',
    },
    removed: {
      heading: 'You are off the team',
      paragraph: (title: string) => `You are no longer on the team of “${title}”. Thank you for your help.`,
      footer: 'You get this because you were on the team.',
    },
  },
}

export type Words = typeof english
