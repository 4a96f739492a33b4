import { list, steps, type Theme } from './theme.ts'

export const technology: Theme = {
  name: 'Technology',
  description: 'Making machines do what we meant, together and out loud.',
  events: [
    {
      title: 'Postgres for the Patient: A Hands-On Day',
      text: [
        'You know `select`. You have met `join`. This is the day on which the other things stop being rumours: locks, plans, indexes that are not used, and why your count is off by one.',
        steps(
          '**Morning:** what happens between your semicolon and the answer',
          '**Noon:** lunch, and a race condition acted out with real people',
          '**Afternoon:** bring a slow query of your own; we take it apart kindly',
        ),
        'Bring a laptop that can run a database. Everything else, including the sample data of a fictitious umbrella-lending business, is provided.',
      ],
      by: 'public',
      tags: ['workshop'],
      at: 'prairie',
      when: { ahead: 30, on: 'Sat', from: '09:30', until: '17:00' },
      seats: 60,
      guests: 5,
    },
    {
      title: 'Show & Tell: Small Machines',
      text: [
        'Eight people, eight minutes each, one table. Show something you have built that fits into a shoebox: a weather station, a doorbell with manners, a robot that waters exactly one plant.',
        'It does not have to work. Things that nearly work get the longer applause.',
        'Would you like to show something? Write to [the hosts](https://lanternandthread.example/small-machines) a week before.',
      ],
      by: 'olivia',
      at: 'zwirnhalle',
      when: { ahead: 12, on: 'Thu', from: '19:00', until: '21:30' },
      seats: 80,
      guests: 3,
    },
    {
      title: 'Debugging Stories by Candlelight',
      text: [
        'An online evening without slides. Everybody lights a candle, turns off the lamp and tells the story of the bug they will never forget. The rest of us ask “and what did the log say?” at the proper moments.',
        'Stories of ten minutes at most; listeners are as welcome as tellers. The link comes by mail on the day.',
      ],
      by: 'olivia',
      at: { place: 'Online', zone: 'Europe/Berlin' },
      when: { ahead: 18, on: 'Wed', from: '20:30', until: '22:00' },
      seats: null,
      guests: 6,
    },
    {
      title: 'Repairing the Web: An Accessibility Clinic',
      text: [
        'Bring one page of yours. We go through it with a keyboard, with a screen reader and with somebody who uses one every day, and repair what can be repaired on the spot.',
        list(
          'Ten pages, ten people, nine minutes each',
          'No blame; every page here was once somebody’s best effort',
          'You leave with a list in the order of what helps most',
        ),
      ],
      by: 'tomas',
      at: { place: 'Online', zone: 'Europe/Lisbon' },
      when: { ahead: 25, on: 'Wed', from: '17:30', until: '19:00' },
      deadline: { daysBefore: 2, at: '12:00' },
      seats: 10,
      guests: 13,
      joinedBy: 'olivia',
    },
    {
      title: 'Maps from Scratch: A Weekend Workshop',
      text: [
        'On the first day we walk the neighbourhood with paper, phones and a measuring wheel. On the second we turn what we found into a map that a visitor can actually use: where there is shade, water, a bench, a ramp.',
        'The finished map belongs to everybody under an open licence and is pinned up at the gate.',
        '*For two days in a row. Please come only if you can stay for both.*',
      ],
      by: 'wanjiru',
      at: 'jacaranda',
      when: { ahead: 51, on: 'Sat', from: '09:00', until: '16:00', nights: 1 },
      deadline: { daysBefore: 7, at: '18:00' },
      seats: 14,
      guests: 12,
    },
  ],
}
