import { list, type Theme } from './theme.ts'

export const stage: Theme = {
  name: 'Film & Stage',
  description: 'Screens, puppets and people who walk on without knowing their lines.',
  events: [
    {
      title: 'Silent Films, Loud Piano',
      text: [
        'Two comedies and a melodrama from the cupboard in the projection booth, accompanied by a pianist who has seen none of them before.',
        'There is an interval for the popcorn machine, which is older than the films and about as dangerous as the stunts.',
        list(
          'intertitles in English, read aloud on request',
          'hearing loop in the first eight rows',
          'about 140 minutes with the interval',
        ),
      ],
      by: 'olivia',
      at: 'prairie',
      when: { ahead: 38, on: 'Sat', from: '19:00', until: '21:30' },
      seats: 140,
      guests: 7,
    },
    {
      title: 'Kurzfilme für lange Züge: Short Films about Trains',
      text: [
        'Eleven films, none longer than the ride between two stations. Steam, snow, a missed connection and a conductor in love.',
        'German and English with subtitles in the other. A retired engine driver answers questions between the films and, if nobody stops her, during them.',
      ],
      by: 'olivia',
      at: 'gartenhaus',
      when: { ahead: 26, on: 'Fri', from: '20:15', until: '22:15' },
      seats: 35,
      guests: 7,
      fate: 'closed',
    },
    {
      title: 'Improv for the Easily Embarrassed',
      text: [
        'An evening for people who would rather not. Nobody is made to stand alone, nobody has to be funny, and the door is never locked.',
        'We begin with games in a circle and end with scenes of half a minute. Experience shows that those who blush most are asked back first.',
      ],
      by: 'wanjiru',
      at: 'jacaranda',
      when: { ahead: 15, on: 'Tue', from: '18:00', until: '20:00' },
      seats: 12,
      guests: 14,
    },
    {
      title: 'Shadow Puppets After Dark',
      text: [
        'A lamp, a sheet and forty figures of painted leather. The puppeteers of the courtyard play a story of a river that refuses to be crossed; afterwards you may go behind the sheet and try.',
        'For everybody from six years on. Performed in Marathi with an English storyteller at the side.',
      ],
      by: 'wanjiru',
      at: 'neem',
      when: { ahead: 80, on: 'Sat', from: '19:15', until: '21:00' },
      seats: 35,
      guests: 3,
    },
    {
      title: 'One-Minute Theatre Festival',
      text: [
        'Sixty plays of sixty seconds each. The bell rings, the light changes, somebody else is on.',
        '*Still to be settled: the jury, the bell, and whether Vasco may perform.*',
      ],
      by: 'olivia',
      at: 'mare',
      when: { ahead: 110, on: 'Sat', from: '16:00', until: '18:30' },
      seats: 60,
      guests: 0,
      fate: 'draft',
    },
  ],
}
