import { list, type Theme } from './theme.ts'

export const talks: Theme = {
  name: 'Talks & Books',
  description: 'Somebody knows something and says it well; afterwards you ask.',
  events: [
    {
      title: 'How Lighthouses Learned to Blink',
      text: [
        'For centuries a light was a light. Then there were too many of them, and each had to say which one it was. A talk about lenses, clockwork, mercury baths and the keepers who wound them up every forty minutes.',
        'With a real rotating lens, half a ton of glass, which you may push with one finger.',
        'In English, with questions in any language that somebody in the room can translate.',
      ],
      by: 'tomas',
      at: 'farol',
      when: { ahead: 24, on: 'Thu', from: '18:30', until: '20:00' },
      seats: 70,
      guests: 4,
    },
    {
      title: 'The Unread Book Club',
      text: [
        'Bring the book you have been meaning to read for years. You will have an hour of silence, a good chair and tea. Then everybody tells the others about the first forty pages, and why they had put them off.',
        'Nobody needs to finish anything. That is the whole rule.',
      ],
      by: 'olivia',
      at: 'readingRoom',
      when: { ahead: 6, on: 'Wed', from: '18:30', until: '20:45' },
      seats: 12,
      guests: 11,
    },
    {
      title: 'Ósend bréf: Letters Nobody Sent',
      text: [
        'Six readers and a box of letters that were written, sealed and kept in a drawer: apologies, resignations, one proposal of marriage and a long complaint about a neighbour’s rooster.',
        'All are read with permission; some of the writers will be in the room. You may bring one of your own and leave it in the box, **unsigned if you wish**.',
      ],
      by: 'tomas',
      at: 'saltStore',
      when: { ahead: 47, on: 'Fri', from: '20:00', until: '21:45' },
      seats: 50,
      guests: 4,
    },
    {
      title: 'A Short History of Queues',
      text: [
        'Bread, theatre tickets, telephone calls, packets on a wire: an hour about waiting in line, why the other one is always faster and what people have tried in order to make it fair.',
        list(
          'the numbered ticket and its enemies',
          'how a bank invented the single line',
          'what to do about people who hold a place for a friend',
        ),
        'Online and live. Those who arrive late will be admitted in the order of their arrival, naturally.',
      ],
      by: 'olivia',
      at: { place: 'Online', zone: 'America/Chicago' },
      when: { ahead: 35, on: 'Tue', from: '12:00', until: '13:15' },
      seats: 300,
      guests: 5,
      joinedBy: 'wanjiru',
    },
    {
      title: 'Ask a Cartographer Anything',
      text: [
        'Why is north up? Who decides what an island is called? Is there really a road on every map that does not exist? Half an hour of short answers, half an hour of long ones.',
        'Send questions beforehand through [the question box](https://marealta.example/ask) or be brave and ask aloud.',
      ],
      by: 'tomas',
      at: { place: 'Online', zone: 'Pacific/Auckland' },
      when: { ahead: 103, on: 'Thu', from: '19:15', until: '20:15' },
      seats: null,
      guests: 0,
    },
  ],
}
