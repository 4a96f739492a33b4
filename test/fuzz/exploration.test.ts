import { expect, test } from 'vitest'
import { explore } from './exploration.ts'
import { BUGS, notes, type Bug } from './notes.ts'

// What looks for faults has to find those that are there, and no others.

test('a server that does what its document says has none', async () => {
  const { findings, operations, accepted } = await explore(notes(), { runs: 60, seed: 7 })
  expect(findings).toEqual([])
  expect([operations, accepted]).toEqual([5, 5])
})

test.each(Object.entries(BUGS) as [Bug, string][])('%s', async (bug, property) => {
  const { findings } = await explore(notes(bug), { runs: 100, seed: 7 })
  expect(findings.map((finding) => finding.property)).toContain(property)
  for (const { property: of, curl } of findings)
    if (of !== 'F16' && of !== 'F17') expect(curl).toMatch(/^curl -X [A-Z]+ /)
})

test('what is found is made small, and found again with the same seed', async () => {
  const found = () => explore(notes('F1 falls over a character'), { runs: 100, seed: 11, only: /POST/ })
  const [{ findings: first }, { findings: again }] = [await found(), await found()]
  expect(first).toEqual(again)
  expect(first[0]!.curl).toContain(`--data-binary '{"title":"%"`)
})
