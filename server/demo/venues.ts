export type VenueKey = keyof typeof VENUES

export type Place = { id?: string; name: string; address: string; zone: string; description: string }

/** All invented. Their order is the order of their numbers. */
export const VENUES = {
  zwirnhalle: {
    id: '1c74b3ec-b651-4775-88b6-8b21f37fc3f4', // which programs for Events-Face ask for as their area
    name: 'Zwirnhalle',
    address: 'Spulengasse 12, 12047 Berlin, Germany',
    zone: 'Europe/Berlin',
    description:
      'A thread mill until 1974, now one tall room with a sprung floor and a kitchen that feeds a hundred. Step-free from the courtyard; bicycles to the left of the gate.',
  },
  farol: {
    name: 'Casa do Farol Velho',
    address: 'Rua das Andorinhas Pretas 31, 1100-482 Lisboa, Portugal',
    zone: 'Europe/Lisbon',
    description:
      'The keeper’s house of a lighthouse that is no longer there. Thick walls, a good piano and 58 steps up from the tram; ring below and we carry what needs carrying.',
  },
  prairie: {
    name: 'Prairie Lantern Hall',
    address: '2217 W Tallgrass Avenue, Chicago, IL 60622, USA',
    zone: 'America/Chicago',
    description:
      'A neighbourhood assembly hall with a balcony, a projection booth and the original popcorn machine. Lift at the side entrance, hearing loop in the first eight rows.',
  },
  jacaranda: {
    name: 'Jacaranda Yard',
    address: '18 Mbuni Close, Kilimani, Nairobi, Kenya',
    zone: 'Africa/Nairobi',
    description:
      'Two workshops and a stage around a tree that was here first. Secure parking for 30 cars; matatus stop at the corner.',
  },
  getto: {
    name: '月灯堂 Gettōdō',
    address: '3-8-21 Higashi-Suzuran, Taitō-ku, Tokyo 110-0099, Japan',
    zone: 'Asia/Tokyo',
    description: 'A former lamp shop on two floors. Shoes off upstairs, slippers in all sizes, tea always on.',
  },
  readingRoom: {
    name: 'Marrow & Finch Reading Room',
    address: '908 N Fernwood Street, Chicago, IL 60610, USA',
    zone: 'America/Chicago',
    description:
      'A small private library that is open to everybody who can close a door quietly. Ground floor, 24 chairs.',
  },
  gartenhaus: {
    name: 'Gartenhaus am Kranichpark',
    address: 'Kranichallee 3, 13187 Berlin, Germany',
    zone: 'Europe/Berlin',
    description: 'A glass house between allotments, heated by a stove with opinions. Barrier-free; dogs welcome.',
  },
  mare: {
    name: 'Estúdio Maré Alta',
    address: 'Travessa do Sargaço 9, 1350-275 Lisboa, Portugal',
    zone: 'Europe/Lisbon',
    description: 'A ceramics and print studio with eight tables, two kilns and one very old cat called Vasco.',
  },
  saltStore: {
    name: 'Saltgeymslan',
    address: 'Ægisbryggja 7, 101 Reykjavík, Iceland',
    zone: 'Atlantic/Reykjavik',
    description: 'The salt store of a fish harbour, lined with books against the echo. Soup from the hatch until ten.',
  },
  neem: {
    name: 'Neem Courtyard',
    address: '44 Tamhankar Lane, Sadashiv Wadi, Pune 411030, India',
    zone: 'Asia/Kolkata',
    description: 'A hundred-year-old wada whose families share its inner court with puppeteers, printers and cooks.',
  },
  ropewalk: {
    name: 'The Old Ropewalk',
    address: '6 Tarred Yarn Lane, Te Aro, Wellington 6011, New Zealand',
    zone: 'Pacific/Auckland',
    description:
      'Forty metres of timber floor, sliding doors to the water, hot showers. Windproof, which is worth saying here.',
  },
} as const satisfies Record<string, Place>
