import { list, type Theme } from './theme.ts'

export const outdoors: Theme = {
  name: 'Outdoors',
  description: 'Walks, water and weather. We go whatever the sky does, unless it says otherwise.',
  events: [
    {
      title: 'The Slow Kilometre: A Walk for People Who Stop to Look',
      text: [
        'One kilometre in three hours. We have a botanist, a bricklayer and a retired postwoman with us, and each of them stops for different things.',
        'No fitness is needed and no equipment. Wheelchairs and pushchairs manage the whole way; there are benches about every hundred metres, and we intend to use them.',
        'There is room for everybody, so bring whoever is slow.',
      ],
      by: 'public',
      at: { place: 'North gate of the Kranichpark, Berlin', zone: 'Europe/Berlin' },
      when: { ahead: 19, on: 'Sun', from: '11:00', until: '14:00' },
      seats: null,
      guests: 4,
    },
    {
      title: 'Dawn Birding at the Reed Ponds',
      text: [
        'Weavers, kingfishers and, with luck, the heron that the guides call *the Senator*. We walk quietly in two groups of five.',
        list('binoculars can be borrowed', 'long sleeves and closed shoes', 'tea and mandazi at seven'),
        'The gate closes behind us at six sharp, because birds do not wait either.',
      ],
      by: 'wanjiru',
      at: { place: 'Reed Ponds, east gate, Nairobi', zone: 'Africa/Nairobi' },
      when: { ahead: 8, on: 'Sat', from: '05:45', until: '09:00' },
      seats: 10,
      guests: 12,
    },
    {
      title: 'Harbour Swim and Hot Soup',
      text: [
        'Four hundred metres along the buoys, or twenty along the ladder: both count. A safety boat goes beside us, and the showers are hot.',
        'Swimmers write their names on the board on the way in **and** cross them out on the way out. Then there is pumpkin soup.',
      ],
      by: 'tomas',
      at: 'ropewalk',
      when: { ahead: 65, on: 'Sun', from: '08:15', until: '10:30' },
      seats: 30,
      guests: 3,
    },
    {
      title: 'Lakefront Bicycle Assembly',
      text: [
        'Three hundred bicycles, one bell each, eighteen easy kilometres along the water at the pace of the youngest rider. Decorate what you ride: last time there was a piano.',
        list(
          'marshals at every crossing',
          'a mechanic at the front and one at the back',
          'music from four cargo bikes',
        ),
        'Helmets for children are a must and can be borrowed at the start.',
      ],
      by: 'olivia',
      at: { place: 'Old boathouse on the lakefront, Chicago', zone: 'America/Chicago' },
      when: { ahead: 72, on: 'Sun', from: '09:00', until: '13:00' },
      deadline: { daysBefore: 1, at: '23:45' },
      seats: 300,
      guests: 7,
    },
    {
      title: 'Stars Without a Telescope',
      text: [
        'Lie on your back, learn seven constellations and why sailors trusted some of them more than others. Blankets are provided; the hill is a fifteen-minute climb.',
        'No lamps, please. Your eyes need twenty minutes to open properly and one second to close again.',
      ],
      by: 'tomas',
      at: { place: 'Monte das Gralhas, Lisboa', zone: 'Europe/Lisbon' },
      when: { ahead: 29, on: 'Fri', from: '21:30', until: '23:30' },
      seats: 25,
      guests: 4,
      fate: { cancelled: 'The path up the hill is closed for repairs. We are looking for another dark place.' },
    },
  ],
}
