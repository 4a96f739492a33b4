// What the invented events are made of; searches combine a topic with a form.

export const TOPICS = [
  'jazz', 'pottery', 'rust', 'gardening', 'astronomy', 'chess', 'poetry', 'sourdough', 'photography', 'climbing',
  'robotics', 'yoga', 'calligraphy', 'beekeeping', 'woodworking', 'typography', 'salsa', 'cycling', 'ceramics', 'improv',
  'kubernetes', 'postgres', 'knitting', 'birdwatching', 'philosophy', 'cooking', 'film', 'guitar', 'swimming', 'history',
] // prettier-ignore

export const FORMS = [
  'workshop', 'concert', 'meetup', 'lecture', 'festival', 'class', 'evening', 'breakfast', 'tournament', 'exhibition',
  'walk', 'market', 'retreat', 'hackathon', 'screening', 'picnic', 'conference', 'jam', 'tasting', 'marathon',
] // prettier-ignore

export const MANNERS = [
  'A quiet',
  'The grand',
  'Open',
  'Midnight',
  'A first',
  'Winter',
  'Summer',
  'The little',
  'Neighbourhood',
  'International',
]

export const SENTENCES = [
  'Bring your own tools if you have any; we lend out the rest at the door.',
  'Beginners are **very welcome**, and nobody will be asked to perform.',
  'Doors open half an hour earlier, and there is tea, coffee and cake from the bakery next door.',
  'The room is on the ground floor and has a ramp; write to us if you need a seat near the front.',
  'Afterwards we walk over to the river together, whatever the weather.',
  'Our guests have done this for twenty years and still argue about the basics.',
  'Please give your place back in time if you cannot come: somebody is waiting for it.',
  'Half of the evening is listening, the other half is trying it out in small groups.',
  'Photographs will be taken; tell us at the entrance if you would rather not be in them.',
  'What we make together stays in the house and can be seen until the end of the month.',
  'See [the programme](https://example.org/programme) for the order of the day.',
  'Children come for free and should bring somebody who can drive them home.',
]
