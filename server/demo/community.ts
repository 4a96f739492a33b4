import { list, type Theme } from './theme.ts'

export const community: Theme = {
  name: 'Community',
  description: 'For the neighbourhood, by the neighbourhood, with the kettle on.',
  events: [
    {
      title: 'Repair Café: Toasters, Trousers, Bicycles',
      text: [
        'Bring what is broken and sit down beside somebody who knows how. We do not repair *for* you but *with* you, and three out of four things leave in working order.',
        list(
          'electrical: one item per person',
          'sewing: machines and patience',
          'bicycles: in the yard, until the light goes',
          'advice: unlimited',
        ),
        'Spare parts at what they cost us. Cake for a donation.',
      ],
      by: 'olivia',
      at: 'zwirnhalle',
      when: { ahead: 13, on: 'Sat', from: '13:00', until: '17:00' },
      seats: null,
      guests: 4,
    },
    {
      title: 'Balcony Gardeners’ Seed Swap',
      text: [
        'Bring seeds in labelled envelopes, take others home. If you have none, bring a pot, a story or a question about aphids.',
        'At three there is a short demonstration: *tomatoes on two square feet*. Afterwards we water the library’s ferns and go.',
      ],
      by: 'olivia',
      at: 'readingRoom',
      when: { ahead: 62, on: 'Sat', from: '14:00', until: '16:30' },
      seats: 24,
      guests: 2,
    },
    {
      title: 'Language Café: Order Coffee in Nine Languages',
      text: [
        'Nine tables, nine languages, two people and ten minutes at each. By the end you can order a coffee, say thank you and apologise for your accent in all of them.',
        'This time: Portuguese, Kimbundu, Nepali, Ukrainian, Italian, Cape Verdean Creole, Hindi, Portuguese Sign Language and, by popular demand, Latin.',
        'No previous knowledge. Previous thirst is an advantage.',
      ],
      by: 'tomas',
      at: 'farol',
      when: { ahead: 17, on: 'Thu', from: '18:00', until: '20:15' },
      seats: 18,
      guests: 16,
      joinedBy: 'olivia',
    },
    {
      title: 'もくもく会: Work Quietly Together',
      text: [
        'Everybody says in one sentence what they want to get done. Then three hours of silence, with tea. Then everybody says in one sentence whether they did.',
        'Writing, studying, soldering, tax returns: all are fine as long as they are quiet. Eight places, no waitlist, power at every seat.',
      ],
      by: 'wanjiru',
      at: 'getto',
      when: { ahead: 10, on: 'Sun', from: '13:30', until: '17:15' },
      seats: 8,
      waitlist: false,
      guests: 8,
    },
    {
      title: 'New in Town Breakfast',
      text: [
        'Arrived lately, or long ago and still waiting to be asked? Come and have breakfast. Two people who have lived here for ever sit at each table and know where to find a dentist, a choir and decent bread.',
        'Porridge, eggs, flatbread. Tell us what you do not eat and somebody will cook around it.',
      ],
      by: 'tomas',
      at: 'saltStore',
      when: { ahead: 31, on: 'Sun', from: '09:30', until: '11:30' },
      deadline: { daysBefore: 2, at: '18:00' },
      seats: 20,
      guests: 3,
    },
  ],
}
