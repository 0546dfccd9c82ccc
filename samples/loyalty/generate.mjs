// Makes visits.csv: sixteen weeks of a coffee bar whose regulars have a card. Same bytes on every run and machine.
// Usage: node generate.mjs [folder]
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const minute = 60_000
const day = 24 * 60 * minute
const firstMonday = Date.UTC(2025, 0, 6)
const weeks = 16
const closedWeek = 9 // the bar is repainted: a week without a visit
const memberCount = 90
const prices = [2.6, 2.9, 3.2, 3.8, 4.5, 6.4, 7.1, 9.8]

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
const random = seeded(77)
const chance = (probability) => random() < probability
const below = (count) => Math.floor(random() * count)

const members = Array.from({ length: memberCount }, (_, i) => ({
  id: `M${String(i + 1).padStart(3, '0')}`,
  joins: i < 30 ? below(2) : below(weeks),
  stays: 0.9 - random() * 0.35,
  visits: 1 + below(3),
}))

const visits = []
for (let week = 0; week < weeks; week++) {
  if (week === closedWeek) continue
  const visit = (member) => {
    const at = firstMonday + week * 7 * day + below(6) * day + (7 * 60 + below(600)) * minute
    visits.push({ at, member, amount: chance(0.02) ? '' : prices[below(prices.length)].toFixed(2) })
  }
  for (const member of members) {
    if (week < member.joins || (week > member.joins && !chance(member.stays))) continue
    for (let i = 0; i < member.visits; i++) visit(member.id)
  }
  for (let i = 0; i < 9; i++) visit('') // guests without a card
}
visits.sort((a, b) => a.at - b.at || (a.member < b.member ? -1 : 1))

const text = (at) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
const lines = visits.map(({ at, member, amount }) => `${text(at)},${member},${amount}`)
const folder = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url))
writeFileSync(join(folder, 'visits.csv'), `${['visited_at,member,amount', ...lines].join('\n')}\n`)
