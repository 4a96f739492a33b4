import { list, steps, type Theme } from './theme.ts'

export const food: Theme = {
  name: 'Food & Drink',
  description: 'Eating together, and finding out how it is done.',
  events: [
    {
      title: 'One Long Table: Ninety Neighbours, Three Soups',
      text: [
        'One table, thirty metres long, from one end of the hall to the other. You are seated next to somebody whose door you have walked past for years.',
        'The soups are a red one, a green one and one that changes every time. All three are vegan; bread and butter are on the table.',
        list('Bring your own bowl and spoon.', 'Stay for the washing-up: it is the best part of the evening.'),
      ],
      by: 'public',
      at: 'zwirnhalle',
      when: { ahead: 27, on: 'Sun', from: '17:30', until: '21:00' },
      seats: 90,
      guests: 6,
    },
    {
      title: 'Sourdough Rescue Clinic',
      text: [
        'Is your starter sulking? Does your loaf come out as a discus? Bring both. We diagnose by smell, feed what can be fed and send you home with a spoonful of ours in case the worst comes to the worst.',
        steps(
          'Anamnesis: what did you feed it, and when?',
          'Treatment: flour, water, warmth, time',
          'Prognosis: usually excellent',
        ),
      ],
      by: 'olivia',
      at: 'prairie',
      when: { ahead: 11, on: 'Sat', from: '10:00', until: '12:30' },
      seats: 10,
      guests: 9,
    },
    {
      title: 'Pastéis Before Breakfast',
      text: [
        'Meet the bakers while the city is asleep. We roll, fold and spin the dough, fill it, burn it in precisely the right places and eat it at the window as the first tram passes.',
        'It begins very early, and there is **no waitlist**: nine people fit behind the counter and nobody is going to be rung out of bed at five.',
      ],
      by: 'tomas',
      at: { place: 'Padaria Sol Nascente, Rua do Moinho Torto 4, Lisboa', zone: 'Europe/Lisbon' },
      when: { ahead: 22, on: 'Sun', from: '06:30', until: '09:00' },
      deadline: { daysBefore: 1, at: '16:00' },
      seats: 9,
      waitlist: false,
      guests: 9,
    },
    {
      title: 'Coffee from Seed to Cup',
      text: [
        'Six farms, six cups, no milk. A grower, a roaster and a sceptic take you from the cherry to the cup and argue all the way.',
        'You will roast a handful yourself over charcoal. Please eat something beforehand: six cups are six cups.',
      ],
      by: 'wanjiru',
      at: 'jacaranda',
      when: { ahead: 44, on: 'Sat', from: '10:00', until: '12:45' },
      seats: 16,
      guests: 4,
    },
    {
      title: 'Chai, Chaat & Chutney Walk',
      text: [
        'Seven stops in two and a half hours, at walking pace and eating pace. We begin with tea at a counter as wide as its owner and finish with something cold that has no English name.',
        list(
          'vegetarian throughout; tell us about nuts',
          'comfortable shoes',
          'carry small change and an empty stomach',
        ),
        'The exact corner where we meet is in the mail you get after registering.',
      ],
      by: 'wanjiru',
      at: { place: 'By the clock at Tamhankar Chowk, Pune', zone: 'Asia/Kolkata' },
      when: { ahead: 58, on: 'Fri', from: '17:15', until: '19:45' },
      deadline: { daysBefore: 1, at: '21:00' },
      seats: 12,
      guests: 2,
    },
  ],
}
