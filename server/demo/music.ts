import { list, type Theme } from './theme.ts'

export const music: Theme = {
  name: 'Music',
  description: 'Concerts, sessions and choirs, from the stage and from the third row.',
  events: [
    {
      title: 'An Evening of Borrowed Cellos',
      text: [
        'Nine cellists, none of whom will play their own instrument. Each has swapped with somebody else for a month and has learned to live with it.',
        '**On the programme:**',
        list(
          'two sarabandes that were practised on the wrong cello',
          'a new piece for nine players and one bow',
          'whatever the room asks for after the interval',
        ),
        'Doors open half an hour before. The chairs are hard; bring a cushion, and take it home again.',
      ],
      by: 'public',
      tags: ['concert'],
      at: 'zwirnhalle',
      when: { ahead: 16, on: 'Fri', from: '19:30', until: '22:00' },
      seats: 120,
      guests: 8,
      joinedBy: 'tomas',
    },
    {
      title: 'Fado nas Escadas: Songs on the Stairs',
      text: [
        'The audience sits on the stairs of the keeper’s house, one person to a step, and the singer stands at the bottom. There are twelve steps, which is why there are twelve places.',
        'Three sets of twenty minutes, with a glass of something between them. *Please keep silent while there is singing*: the staircase repeats everything you say.',
      ],
      by: 'tomas',
      at: 'farol',
      when: { ahead: 9, on: 'Sat', from: '21:00', until: '23:00' },
      seats: 12,
      guests: 15,
      joinedBy: 'olivia',
    },
    {
      title: 'Benga & Brass: A Courtyard Session',
      text: [
        'Guitars that run, horns that answer. A seven-piece house band opens; after nine the stage belongs to whoever has brought an instrument.',
        list(
          'Amplifiers, drums and one stubborn piano are there.',
          'Put your name on the board at the gate if you want to play.',
          'Children are welcome until the second set.',
        ),
      ],
      by: 'wanjiru',
      at: 'jacaranda',
      when: { ahead: 23, on: 'Sat', from: '18:30', until: '22:45' },
      seats: 150,
      guests: 4,
    },
    {
      title: 'Für alle Kehlen: A Choir Without Auditions',
      text: [
        'If you have ever been told to “just move your lips”, this choir was founded for you. We sing in four languages, of which nobody speaks all.',
        'No notes are needed. We learn by ear, in rounds, and the stove is lit from half past six.',
        'The first evening costs nothing but courage. Afterwards there is cake.',
      ],
      by: 'olivia',
      at: 'gartenhaus',
      when: { ahead: 5, on: 'Tue', from: '19:00', until: '21:00' },
      seats: 40,
      guests: 3,
    },
    {
      title: '静かな回路: A Night of Quiet Synthesizers',
      text: [
        'Four small machines, four players, and a volume that lets you hear the kettle. Each set is built from nothing and taken down to nothing.',
        'You may lie on the tatami upstairs. Several people have fallen asleep before, and the players take that as praise.',
        '- Language: Japanese and English\n- Recording: no, please',
      ],
      by: 'wanjiru',
      at: 'getto',
      when: { ahead: 37, on: 'Fri', from: '20:00', until: '22:15' },
      seats: 16,
      guests: 14,
    },
  ],
}
