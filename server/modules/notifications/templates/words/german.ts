import type { Words } from './english.ts'

/** What letters say, in German. */
export const german: Words = {
  locale: 'de-DE',
  hello: (name) => (name ? `Hallo ${name},` : 'Hallo,'),
  labels: { event: 'Veranstaltung', when: 'Wann', where: 'Wo', online: 'Online' },
  forYou: (time, zone) => `bei dir ${time} (${zone})`,
  eventPage: 'Zur Seite der Veranstaltung',
  seeEvent: 'Zur Veranstaltung',
  seeEvents: 'Zu den Veranstaltungen',
  logIn: 'Anmelden',
  yourAccount: 'Dein Konto',
  yourEvents: 'Deine Veranstaltungen',
  registration: (guest) => (guest ? 'Deine Anmeldung' : 'Deine Anmeldungen'),
  viewOrCancel: (guest) => (guest ? 'Anmeldung ansehen oder absagen' : 'Deine Anmeldungen'),
  ticket: (guest) => (guest ? 'Dein Ticket (PDF)' : 'Dein Ticket'),
  nobodyReads: 'Antworten auf diese Nachricht liest niemand.',
  unsubscribe: 'Keine solchen Nachrichten mehr',
  footers: {
    registration: 'Du bekommst dies, weil diese Adresse für die Veranstaltung angemeldet wurde.',
    account: 'Du bekommst dies, weil du hier ein Konto hast.',
    security: 'Du bekommst dies, weil es um die Sicherheit deines Kontos geht.',
    invited: 'Du bekommst dies, weil diese Adresse zu der Veranstaltung eingeladen wurde.',
    organizer: 'Du bekommst dies, weil du die Veranstaltung ausrichtest.',
    follows: 'Du bekommst dies, weil diese Adresse der Veranstaltung folgt.',
    notYou: 'Wenn du das nicht warst, brauchst du nichts zu tun.',
  },

  confirmed: {
    subject: (title) => `Du hast einen Platz: ${title}`,
    heading: 'Du hast einen Platz',
    paragraphs: (title) => [
      `Dein Platz bei „${title}“ ist bestätigt.`,
      'Wenn du nicht kommen kannst, gib den Platz bitte zurück, damit jemand anderes ihn haben kann.',
    ],
  },
  toConfirm: {
    subject: (title) => `Bestätige deinen Platz: ${title}`,
    heading: (waits) => (waits ? 'Bestätige deinen Platz auf der Warteliste' : 'Bestätige deinen Platz'),
    paragraphs: (title, until, waits) => [
      waits
        ? `Jemand, hoffentlich du, hat mit dieser Adresse um einen Platz bei „${title}“ gebeten. Es ist ausgebucht; ein Platz auf der Warteliste ist bis ${until} für dich frei gehalten.`
        : `Jemand, hoffentlich du, hat sich mit dieser Adresse für „${title}“ angemeldet. Bis ${until} ist ein Platz für dich frei gehalten. Er gehört dir, sobald du bestätigst.`,
      'Wenn du das nicht warst oder ihn nicht willst, brauchst du nichts zu tun: Du bekommst keine weitere Nachricht.',
    ],
    button: 'Ansehen und bestätigen',
  },
  waitlisted: {
    subject: (title) => `Du stehst auf der Warteliste: ${title}`,
    heading: 'Du stehst auf der Warteliste',
    paragraphs: (title, position) => [
      `„${title}“ ist ausgebucht. Du bist Nummer ${position} auf der Warteliste.`,
      'Sobald du an der Reihe bist, gehört der Platz dir, und wir schreiben dir. Bis dahin brauchst du nichts zu tun.',
    ],
  },
  promoted: {
    subject: (title) => `Du hast jetzt einen Platz: ${title}`,
    heading: 'Ein Platz ist frei, und er gehört dir',
    paragraphs: (title) => [
      `Du bist von der Warteliste auf einen Platz bei „${title}“ gekommen. Er ist bestätigt.`,
      'Wenn du nicht kommen kannst, gib ihn bitte zurück, damit ihn bekommt, wer als Nächstes wartet.',
    ],
  },
  cancelled: {
    subject: (title) => `Anmeldung abgesagt: ${title}`,
    heading: 'Deine Anmeldung ist abgesagt',
    paragraphs: (title) => [
      `Du hast keinen Platz mehr bei „${title}“.`,
      'Wenn du es dir anders überlegst, kannst du dich auf der Seite der Veranstaltung wieder anmelden.',
    ],
  },
  corrected: {
    subject: (title) => `Deine Anmeldung wurde berichtigt: ${title}`,
    heading: 'Deine Anmeldung wurde berichtigt',
    paragraphs: (title) => [
      `Name oder Adresse deiner Anmeldung für „${title}“ wurde geändert.`,
      'Ein ausgedrucktes oder gespeichertes Ticket gilt nicht mehr: Öffne es bitte noch einmal.',
    ],
    button: 'Anmeldung ansehen',
  },
  passedOn: {
    subject: (title) => `Dein Ticket wurde weitergegeben: ${title}`,
    heading: 'Dein Ticket wurde weitergegeben',
    paragraphs: (title) => [
      `Deinen Platz bei „${title}“ hat jetzt jemand anderes. Dein eigenes Ticket gilt nicht mehr.`,
      'Wenn du das nicht warst, schreib bitte denen, die die Veranstaltung ausrichten.',
    ],
  },
  eventCancelled: {
    subject: (title) => `Veranstaltung abgesagt: ${title}`,
    heading: 'Die Veranstaltung ist abgesagt',
    paragraphs: (title, reason) => [
      `„${title}“ findet nicht statt. Deine Anmeldung ist beendet; du brauchst nichts zu tun.`,
      ...(reason ? [`Dazu heißt es: ${reason}`] : []),
    ],
  },
  moved: {
    subject: (title) => `Verlegt: ${title}`,
    heading: 'Die Veranstaltung wurde verlegt',
    paragraphs: (title, was) => [
      `Zeit oder Ort von „${title}“ hat sich geändert. Unten steht, was jetzt gilt; deine Anmeldung bleibt, wie sie ist.`,
      ...(was.when ? [`Vorher war es ${was.when}.`] : []),
      ...(was.where ? [`Der Ort war: ${was.where}`] : []),
      'Wenn du nun nicht kommen kannst, gib den Platz bitte zurück, damit jemand anderes ihn haben kann.',
    ],
  },
  invited: {
    subject: (title) => `Du bist eingeladen: ${title}`,
    heading: 'Du bist eingeladen',
    paragraphs: (title) => [
      `Du bist zu „${title}“ eingeladen.`,
      'Der Link unten ist deiner: Er öffnet die Seite der Veranstaltung, auf der du dich anmelden kannst.',
    ],
  },
  notPublished: {
    subject: (title) => `Nicht veröffentlicht: ${title}`,
    heading: 'Deine Veranstaltung wurde nicht veröffentlicht',
    paragraphs: (title, reason) => [
      `„${title}“ sollte jetzt veröffentlicht sein, und das ging nicht. Es ist noch ein Entwurf.`,
      ...(reason ? [reason] : []),
    ],
  },
  held: {
    subject: (title) => `Bezahle deinen Platz: ${title}`,
    heading: 'Ein Platz ist für dich frei gehalten',
    paragraphs: (title, until, price) => [
      `Ein Platz bei „${title}“ ist bis ${until} für dich frei gehalten. Er gehört dir, sobald ${price ? `${price} bezahlt sind` : 'er bezahlt ist'}.`,
      'Wenn du ihn nicht mehr willst, brauchst du nichts zu tun: Danach bekommt ihn jemand anderes.',
    ],
    button: 'Platz bezahlen',
  },
  offered: {
    subject: (title) => `Ein Platz ist frei für dich: ${title}`,
    heading: 'Ein Platz ist frei, und er wird dir frei gehalten',
    paragraphs: (title, until, price) => [
      `Du bist von der Warteliste auf einen Platz bei „${title}“ gekommen. Er ist bis ${until} für dich frei gehalten und gehört dir, sobald ${price ? `${price} bezahlt sind` : 'er bezahlt ist'}.`,
      'Wenn du ihn nicht mehr willst, brauchst du nichts zu tun: Danach bekommt ihn jemand anderes.',
    ],
  },
  lapsed: {
    subject: (title) => `Dein Platz ist nicht mehr frei gehalten: ${title}`,
    heading: 'Dein Platz ist nicht mehr frei gehalten',
    paragraphs: (title) => [
      `Der Platz bei „${title}“ wurde nicht rechtzeitig bezahlt und ist frei für jemand anderen.`,
      'Wenn du doch kommen willst, melde dich noch einmal an. Für Geld, das jetzt noch ankommt, bekommst du einen Platz, wenn es einen gibt, und sonst das Geld zurück.',
    ],
    button: 'Noch einmal anmelden',
  },

  reminder: {
    subject: (title, begins) => `Erinnerung: ${title}, ${begins}`,
    heading: 'Es geht bald los',
    withPlace: (title, begins) => [
      `„${title}“ beginnt am ${begins}. Dein Platz wartet auf dich.`,
      'Wenn du nicht kommen kannst, gib ihn bitte zurück, damit jemand anderes ihn haben kann.',
    ],
    following: (title, begins) => [`„${title}“ beginnt am ${begins}.`, 'Du wolltest daran erinnert werden.'],
  },
  followed: {
    stop: 'Nichts mehr von dieser Veranstaltung hören',
    subscribed: {
      subject: (title) => `Du folgst: ${title}`,
      heading: 'Du wirst davon hören',
      paragraphs: (title) => [
        `Jemand, vermutlich du, möchte von „${title}“ hören: wenn es verlegt oder abgesagt wird, und bevor es beginnt. Das ist keine Anmeldung.`,
        'Wenn du das nicht warst oder es dir anders überlegt hast, beendet es der zweite Link.',
      ],
    },
    moved: (title, now, was) => [
      `„${title}“ hat sich geändert. ${now.begins ? `Es beginnt nun am ${now.begins}.` : 'Es ist nun an einem anderen Ort.'}`,
      ...(was.when ? [`Vorher war es ${was.when}.`] : []),
      ...(was.where ? [`Der Ort war: ${was.where}`] : []),
    ],
    cancelled: (title, reason) => [
      `„${title}“ findet nicht statt.`,
      ...(reason ? [`Der Veranstalter schreibt: ${reason}`] : []),
    ],
  },

  verifyEmail: {
    heading: 'Ist das deine Adresse?',
    paragraphs: [
      'Jemand, hoffentlich du, hat diese Adresse für ein Konto angegeben. Folge dem Link, wenn es deine ist; er gilt einen Tag.',
    ],
    button: 'Das ist meine',
  },
  accountExists: {
    heading: 'Du hast schon ein Konto',
    paragraphs: [
      'Jemand, vielleicht du, wollte mit dieser Adresse ein Konto eröffnen. Sie hat schon eines, deshalb wurde kein weiteres eröffnet: Melde dich an wie immer.',
      'Wenn du das Passwort nicht mehr weißt, wähle über den Link ein neues. Er gilt eine Stunde.',
    ],
    footer: 'Wenn du das nicht warst, brauchst du nichts zu tun: Niemand hat erfahren, dass du ein Konto hast.',
  },
  resetPassword: {
    subject: 'Ein neues Passwort',
    paragraphs: [
      'Wähle über den Link ein neues Passwort. Er gilt eine Stunde und nur einmal. Überall, wo du angemeldet bist, wirst du dann abgemeldet.',
    ],
    button: 'Neues Passwort wählen',
    footer: 'Wenn du nicht darum gebeten hast, brauchst du nichts zu tun: Dein Passwort bleibt, wie es ist.',
  },
  changeEmail: {
    subject: 'Deine neue Adresse',
    heading: 'Ist das deine neue Adresse?',
    paragraphs: [
      'Jemand, hoffentlich du, will diese Adresse von nun an für ein Konto benutzen. Folge dem Link, und es ist so; bis dahin ändert sich nichts. Er gilt einen Tag.',
    ],
    button: 'Diese Adresse benutzen',
  },
  emailChanged: {
    heading: 'Dein Konto hat jetzt eine andere Adresse',
    paragraphs: [
      'Von nun an schreiben wir über dein Konto an seine neue Adresse und nicht mehr an diese.',
      'Wenn du sie nicht geändert hast, kennt jemand anderes dein Passwort: Sag das gleich denen, die diesen Server betreiben.',
    ],
  },
  addressWanted: {
    heading: 'Jemand wollte deine Adresse benutzen',
    paragraphs: [
      'Wer in einem anderen Konto angemeldet ist, wollte diese Adresse dafür benutzen. Sie ist und bleibt deine, und das wurde dort nicht gesagt.',
      'Wenn du zwei Konten hast, melde dich erst in diesem an und gib ihm eine andere Adresse.',
    ],
  },
  passwordChanged: {
    heading: 'Dein Passwort wurde geändert',
    paragraphs: [
      'Dein Konto hat ein neues Passwort und ist überall sonst abgemeldet.',
      'Wenn du es nicht geändert hast, wähle jetzt ein anderes: Über den Link kannst du um eine Nachricht bitten, mit der das geht.',
    ],
    button: 'Das war ich nicht',
  },
  tokenReused: {
    heading: 'Wir haben eine deiner Sitzungen beendet',
    paragraphs: [
      'Ein schon verbrauchter Schlüssel zu deinem Konto wurde noch einmal benutzt. Das tut ein Programm, das sich irrt, oder jemand, der den Schlüssel kopiert hat; deshalb haben wir die Sitzung beendet, zu der er gehört.',
      'Melde dich wieder an. Wenn du kein Programm kennst, das deinen Schlüssel hat, wähle auch ein neues Passwort.',
    ],
    button: 'Sehen, wo ich angemeldet bin',
  },
  suspended: {
    heading: 'Dein Konto wurde gesperrt',
    paragraphs: (reason) => [
      'Wer diesen Server betreibt, hat dein Konto gesperrt: Du bist abgemeldet und kannst dich nicht anmelden, bis das aufgehoben ist. Deine Plätze bei Veranstaltungen bleiben, wie sie sind.',
      ...(reason ? [`Dazu heißt es: ${reason}`] : []),
    ],
  },
  suspensionLifted: {
    heading: 'Du kannst dich wieder anmelden',
    paragraphs: ['Dein Konto ist nicht mehr gesperrt. Alles ist, wie du es verlassen hast.'],
  },
  phoneCode: {
    heading: 'Dein Code',
    paragraph: (code) =>
      `${code} ist dein Code. Er gilt zehn Minuten. Wenn du nicht darum gebeten hast, brauchst du nichts zu tun.`,
  },

  security: {
    notYou: 'Wenn du das nicht warst, ändere jetzt dein Passwort und sieh die Sitzungen deines Kontos durch.',
    'two-factor-on': () => [
      'Die Anmeldung in zwei Schritten ist an',
      'Von nun an braucht die Anmeldung in deinem Konto auch einen Code aus deiner App.',
    ],
    'two-factor-off': () => [
      'Die Anmeldung in zwei Schritten ist aus',
      'Die Anmeldung in deinem Konto braucht keinen Code aus einer App mehr.',
    ],
    'recovery-codes-renewed': () => [
      'Du hast neue Ersatzcodes',
      'Die Ersatzcodes, die du vorher hattest, gelten nicht mehr.',
    ],
    'recovery-code-used': ({ left = '0' }) => [
      'Ein Ersatzcode wurde benutzt',
      `Jemand hat sich mit einem Ersatzcode angemeldet. Du hast noch ${left}.`,
    ],
    'two-factor-locked': () => [
      'Jemand rät deine Codes',
      'Binnen einer Viertelstunde wurden zehn Codes für dein Konto probiert. Wer das tat, kennt dein Passwort oder ist in einem Konto bei einem deiner Anbieter. Eine Weile wird kein Code angenommen.',
    ],
    'api-key-made': ({ name = '' }) => [
      'Ein API-Schlüssel wurde erstellt',
      `Programme können mit dem neuen Schlüssel „${name}“ für dich handeln.`,
    ],
    'way-in-linked': ({ provider = '' }) => [
      'Es gibt einen neuen Weg in dein Konto',
      `Von nun an kannst du dich über ${provider} anmelden.`,
    ],
    'way-in-unlinked': ({ provider = '' }) => [
      'Ein Weg in dein Konto ist weg',
      `Über ${provider} kann sich dort niemand mehr anmelden.`,
    ],
  },

  team: {
    invited: {
      heading: (role) => (role === 'owner' ? 'Übernimmst du' : 'Hilfst du mit'),
      paragraphs: (title, who, role) => [
        `Es geht um „${title}“. ${who} ${
          {
            owner: 'bittet dich, es zu übernehmen: Von da an gehört es dir',
            'co-organizer': 'bittet dich, es mit auszurichten',
            'check-in': 'bittet dich, am Einlass zu helfen',
          }[role] ?? 'bittet dich um Hilfe'
        }.`,
        'Folge dem Link, um ja oder nein zu sagen. Du brauchst ein Konto mit dieser Adresse; der Link gilt zwei Wochen.',
      ],
      button: 'Einladung ansehen',
      footer:
        'Du bekommst dies, weil diese Adresse in ein Team eingeladen wurde. Wenn es dir nichts sagt, brauchst du nichts zu tun.',
    },
    answered: {
      subject: (title, who, yes) => `${yes ? 'Ja' : 'Nein'} von ${who}: ${title}`,
      heading: (yes) => (yes ? 'Die Antwort ist ja' : 'Die Antwort ist nein'),
      paragraph: (title, who, role, yes) => {
        if (!yes) return `${who} hilft bei „${title}“ nicht mit.`
        if (role === 'owner') return `${who} hat „${title}“ übernommen.`
        return `${who} ist jetzt im Team von „${title}“.`
      },
      footer: 'Du bekommst dies, weil du jemanden eingeladen hast.',
    },
    removed: {
      heading: 'Du bist nicht mehr im Team',
      paragraph: (title) => `Du bist nicht mehr im Team von „${title}“. Danke für deine Hilfe.`,
      footer: 'Du bekommst dies, weil du im Team warst.',
    },
  },
}
