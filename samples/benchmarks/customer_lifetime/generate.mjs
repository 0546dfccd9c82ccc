// Makes data/orders.csv: two and a half years of an online shop, one row per order, 250 customers of several habits.
// Same bytes on every run and machine. Usage: node generate.mjs [folder]
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const day = 24 * 60 * 60 * 1000
const opened = Date.UTC(2023, 6, 1)
const reported = Date.UTC(2026, 0, 1)
const channels = ['search', 'email', 'friends', 'market']

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
const random = seeded(2005)
const chance = (probability) => random() < probability
const between = (low, high) => low + random() * (high - low)
/** Days until the next order of somebody who orders every `mean` days. */
const wait = (mean) => -Math.log(1 - random()) * mean

function ordersOf(customer) {
  const id = `K${String(customer).padStart(4, '0')}`
  const every = between(12, 160)
  const basket = between(15, 140)
  const costShare = between(0.45, 0.75)
  const leaves = chance(0.5) ? between(0.02, 0.25) : 0.01
  const orders = []
  let at = opened + between(0, 820) * day
  while (at < reported) {
    const amount = basket * between(0.4, 1.9)
    const cost = amount * costShare * between(0.9, 1.1)
    const order = { at, id, amount, cost, channel: channels[Math.floor(random() * channels.length)] }
    orders.push(order)
    // Sent back within two weeks.
    if (chance(0.04)) orders.push({ ...order, at: at + between(2, 14) * day, amount: -amount, cost: -cost })
    if (chance(leaves)) break
    at += wait(every) * day
  }
  return orders.filter((order) => order.at < reported)
}

const lines = Array.from({ length: 250 }, (_, i) => ordersOf(i + 1))
  .flat()
  .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  .map(({ at, id, amount, cost, channel }, i) => {
    const moment = new Date(Math.floor(at / 60_000) * 60_000).toISOString()
    return [
      100_001 + i,
      chance(0.01) ? '' : id,
      `${moment.slice(0, 10)} ${moment.slice(11, 16)}`,
      amount.toFixed(2),
      chance(0.02) ? '' : cost.toFixed(2),
      chance(0.03) ? '' : channel,
    ].join(',')
  })
const folder = process.argv[2] ?? fileURLToPath(new URL('data', import.meta.url))
writeFileSync(join(folder, 'orders.csv'), `order_id,customer_id,ordered_at,amount,cost,channel\n${lines.join('\n')}\n`)
