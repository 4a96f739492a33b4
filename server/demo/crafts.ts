import { list, type Theme } from './theme.ts'

export const crafts: Theme = {
  name: 'Arts & Crafts',
  description: 'Things to do with your hands, and something to take home.',
  events: [
    {
      title: 'Mending Circle: Bring the Sweater You Gave Up On',
      text: [
        'Holes are where the interesting part begins. We darn, patch and embroider around one big table, and whoever finishes first helps the one beside them.',
        list(
          'Wool in about two hundred colours is on the wall; take what you need.',
          'Needles, hoops and darning mushrooms are there.',
          'Beginners sit next to Frau Sonnenschein, who has never yet laughed at anybody.',
        ),
        'Socks are welcome if they are clean.',
      ],
      by: 'public',
      at: 'gartenhaus',
      when: { ahead: 20, on: 'Sun', from: '14:00', until: '17:30' },
      seats: 45,
      guests: 3,
    },
    {
      title: 'Azulejo Afternoon: Paint Your Own Tile',
      text: [
        'Eight tables, eight people, and a glaze that looks grey until the fire has been at it. You paint two tiles: one to keep, and one for the studio’s wall, which by now is the better part of the building.',
        'We fire overnight. Collect your tile from the next afternoon on, or leave an address.',
        'Aprons are provided. Vasco the cat walks where he likes; some of the finest tiles bear his signature.',
      ],
      by: 'tomas',
      at: 'mare',
      when: { ahead: 14, on: 'Sat', from: '15:00', until: '18:00' },
      seats: 8,
      guests: 11,
    },
    {
      title: '金継ぎ Kintsugi: Mending with Gold',
      text: [
        'Bring one broken cup, bowl or plate, with all its pieces. In three hours you learn to join, fill and dust it, so that the crack becomes the line you look at first.',
        'We use a food-safe modern lacquer that hardens within days; the old way takes months, and we will talk about that too.',
        '**Six places only**, because there are six good lamps.',
      ],
      by: 'wanjiru',
      at: 'getto',
      when: { ahead: 33, on: 'Sun', from: '13:00', until: '16:00' },
      deadline: { daysBefore: 3, at: '20:00' },
      seats: 6,
      guests: 9,
    },
    {
      title: 'Bookbinding for Beginners: Your First Coptic Stitch',
      text: [
        'Fold, pierce, sew, repeat. By the end of the evening you have a notebook of 96 pages that opens completely flat, and a needle prick you may be proud of.',
        'All paper, board and thread are included. Come with short nails and long patience.',
      ],
      by: 'olivia',
      at: 'readingRoom',
      when: { ahead: 41, on: 'Thu', from: '18:00', until: '21:00' },
      seats: 10,
      guests: 9,
    },
    {
      title: 'Block Printing on Cotton',
      text: [
        'A day among teak blocks, indigo and madder. The printers of the courtyard show how to register a border by touch and how to turn a mistake into a motif.',
        list(
          'two metres of cotton each',
          'lunch from the house kitchen',
          'blocks to borrow, or carve a small one yourself',
        ),
        'Wear something that may turn blue.',
      ],
      by: 'wanjiru',
      at: 'neem',
      when: { ahead: 96, on: 'Sun', from: '10:30', until: '16:45' },
      seats: 20,
      guests: 0,
    },
  ],
}
