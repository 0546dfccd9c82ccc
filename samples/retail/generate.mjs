// Makes data/transactions.csv: nine months of receipt lines of three food shops. Same bytes on every run and machine:
// the random numbers are seeded and only + - * / and Math.floor are used.
// Usage: node generate.mjs [folder]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const minute = 60_000
const day = 24 * 60 * minute
const firstDay = Date.UTC(2025, 2, 1)
const lastDay = Date.UTC(2025, 10, 30)

const shops = [
  { name: 'Harbour', opens: 8, closes: 20, closed: [], visits: 17, lowerCase: false },
  { name: 'Market', opens: 9, closes: 18, closed: [0], visits: 13, lowerCase: false },
  { name: 'Station', opens: 6, closes: 22, closed: [], visits: 12, lowerCase: true }, // its till writes customers as c0012
]
// name, category, shelf price, cost as a share of the price without tax, popularity, price from July on
const products = [
  ['Sourdough loaf', 'Bakery', 4.2, 0.41, 30, 4.4],
  ['Butter croissant', 'Bakery', 1.8, 0.38, 34, 1.9],
  ['Rye roll', 'Bakery', 0.75, 0.44, 22, 0.8],
  ['Cinnamon bun', 'Bakery', 2.6, 0.36, 15, 2.6],
  ['Whole milk 1 l', 'Dairy', 1.49, 0.72, 32, 1.59],
  ['Oat drink 1 l', 'Dairy', 2.19, 0.63, 18, 2.19],
  ['Butter 250 g', 'Dairy', 2.99, 0.78, 20, 3.29],
  ['Yoghurt, plain', 'Dairy', 0.99, 0.61, 21, 0.99],
  ['Goat cheese 200 g', 'Dairy', 5.4, 0.58, 7, 5.7],
  ['Eggs, 10', 'Dairy', 3.79, 0.7, 17, 3.79],
  ['Bananas 1 kg', 'Produce', 1.89, 0.66, 25, 1.89],
  ['Apples 1 kg', 'Produce', 2.99, 0.55, 22, 2.79],
  ['Strawberries 500 g', 'Produce', 4.5, 0.62, 9, 4.5],
  ['Tomatoes 500 g', 'Produce', 2.4, 0.57, 20, 2.4],
  ['Potatoes 2 kg', 'Produce', 3.2, 0.52, 13, 3.2],
  ['Rocket 125 g', 'Produce', 1.79, 0.59, 10, 1.79],
  ['Espresso beans, 1 kg', 'Coffee & tea', 17.9, 0.54, 8, 19.9],
  ['Filter coffee 500 g', 'Coffee & tea', 8.9, 0.56, 11, 9.9],
  ['Green tea 100 g', 'Coffee & tea', 6.5, 0.43, 6, 6.5],
  ['Coffee to go', 'Coffee & tea', 2.8, 0.22, 40, 2.9],
  ['Mineral water 1.5 l', 'Drinks', 0.89, 0.6, 24, 0.89],
  ['Orange juice 1 l', 'Drinks', 3.49, 0.64, 12, 3.69],
  ['Lager 0.5 l', 'Drinks', 1.35, 0.68, 19, 1.35],
  ['Riesling "Alte Reben"', 'Drinks', 11.9, 0.57, 6, 11.9],
  ['Crémant 0.75 l', 'Drinks', 14.5, 0.6, 3, 14.5],
  ['Spaghetti 500 g', 'Pantry', 1.69, 0.65, 16, 1.69],
  ['Olive oil 0.75 l', 'Pantry', 12.9, 0.71, 7, 13.9],
  ['Dark chocolate 70 %', 'Pantry', 2.79, 0.5, 17, 2.99],
  ['Müsli 750 g', 'Pantry', 5.9, 0.53, 9, 5.9],
  ['Honey 500 g', 'Pantry', 7.8, 0.55, 6, 7.8],
  ['Beeswax candle', 'Household', 9.5, 0.42, 3, 9.5],
  ['Washing powder', 'Household', 13.9, 0.67, 4, 13.9],
  ['Gift basket', 'Household', 49, 0.48, 1, 54],
].map(([name, category, price, costShare, popularity, laterPrice]) => ({
  name,
  category,
  price,
  costShare,
  popularity,
  laterPrice,
}))

const weekdayBusy = [0.7, 0.85, 0.9, 0.95, 1.0, 1.25, 1.4] // Sunday first
const monthBusy = { 2: 0.92, 3: 0.98, 4: 1.02, 5: 1.0, 6: 0.94, 7: 0.82, 8: 1.0, 9: 1.05, 10: 1.2 } // March is 2
const hourBusy = {
  6: 4,
  7: 9,
  8: 10,
  9: 7,
  10: 7,
  11: 9,
  12: 13,
  13: 9,
  14: 6,
  15: 6,
  16: 9,
  17: 14,
  18: 13,
  19: 8,
  20: 4,
  21: 2,
}
const holidays = ['2025-04-18', '2025-04-21', '2025-05-01', '2025-06-09', '2025-10-03']
const customerCount = 900

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
const random = seeded(20250301)
const chance = (probability) => random() < probability
const between = (low, high) => low + Math.floor(random() * (high - low + 1))

/** A function that draws items in proportion to their weights. */
function weighted(items, weightOf) {
  const limits = []
  let total = 0
  for (const item of items) {
    total += weightOf(item)
    limits.push(total)
  }
  return () => {
    const at = random() * total
    return items[limits.findIndex((limit) => at < limit)] ?? items[items.length - 1]
  }
}

// A few regulars, many who come once or twice; some come only from a later day on.
const customers = Array.from({ length: customerCount }, (_, index) => ({
  id: `C${String(index + 1).padStart(4, '0')}`,
  weight: 1 / (index + 12),
  since: index % 3 === 0 ? firstDay : firstDay + between(0, 240) * day,
  shop: shops[between(0, shops.length - 1)],
}))
const drawCustomer = weighted(customers, (customer) => customer.weight)
const drawProduct = weighted(products, (product) => product.popularity)
const drawHour = new Map(
  shops.map((shop) => {
    const hours = Object.keys(hourBusy)
      .map(Number)
      .filter((hour) => hour >= shop.opens && hour < shop.closes)
    return [shop, weighted(hours, (hour) => hourBusy[hour])]
  }),
)
const drawQuantity = weighted([1, 2, 3, 4, 6, 12], (quantity) => ({ 1: 70, 2: 18, 3: 6, 4: 3, 6: 2, 12: 1 })[quantity])
const drawBasket = weighted([1, 2, 3, 4, 5], (lines) => ({ 1: 52, 2: 25, 3: 13, 4: 7, 5: 3 })[lines])
const drawDiscount = weighted(
  [0, 0.05, 0.1, 0.2, 0.5, 1],
  (rate) => ({ 0: 860, 0.05: 40, 0.1: 60, 0.2: 28, 0.5: 10, 1: 2 })[rate],
)
const drawPayment = weighted(
  ['card', 'cash', 'phone', 'voucher'],
  (payment) => ({ card: 58, cash: 27, phone: 13, voucher: 2 })[payment],
)

const cents = (amount) => Math.floor(amount * 100 + 0.5) / 100

function visitor(shop, date) {
  if (chance(0.015)) return ''
  for (let tries = 0; tries < 20; tries++) {
    const customer = drawCustomer()
    if (customer.since <= date && (customer.shop === shop || chance(0.25))) return customer.id
  }
  return ''
}

function isClosed(shop, time) {
  const date = new Date(time)
  return shop.closed.includes(date.getUTCDay()) || holidays.includes(date.toISOString().slice(0, 10))
}

function receiptsOf(shop, date) {
  if (isClosed(shop, date)) return []
  const growth = 1 + ((date - firstDay) / day) * 0.0006
  const busy = weekdayBusy[new Date(date).getUTCDay()] * monthBusy[new Date(date).getUTCMonth()] * growth
  const count = Math.floor(shop.visits * busy * (0.75 + 0.25 * (random() + random())))
  return Array.from({ length: count }, () => {
    const time = date + drawHour.get(shop)() * 60 * minute + between(0, 59) * minute
    const receipt = { time, shop, customer: visitor(shop, date), payment: drawPayment() }
    return { ...receipt, lines: Array.from({ length: drawBasket() }, () => lineOf(drawProduct(), time)) }
  })
}

function lineOf(product, time) {
  const price = time < Date.UTC(2025, 6, 1) ? product.price : product.laterPrice
  const cost = cents((price / 1.19) * product.costShare * (0.96 + 0.08 * random()))
  return { product, quantity: drawQuantity(), price, cost: chance(0.02) ? undefined : cost, discount: drawDiscount() }
}

/** Now and then one line is brought back within two weeks, to the same shop at the same price. */
function returnOf(receipt) {
  const time =
    receipt.time - (receipt.time % day) + between(1, 14) * day + between(10, 16) * 60 * minute + between(0, 59) * minute
  if (isClosed(receipt.shop, time) || time > lastDay + day) return []
  const line = receipt.lines[between(0, receipt.lines.length - 1)]
  return [{ ...receipt, time, returned: true, lines: [{ ...line, quantity: -between(1, line.quantity) }] }]
}

function timestamp(time) {
  if (chance(0.002)) return ['n/a', '31/02/2025', ''][between(0, 2)]
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}

const quote = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

function transactions() {
  const sales = []
  for (let date = firstDay; date <= lastDay; date += day) {
    for (const shop of shops) sales.push(...receiptsOf(shop, date))
  }
  const returns = sales.flatMap((receipt) => (chance(0.045) ? returnOf(receipt) : []))
  const receipts = [...sales, ...returns].sort((a, b) => a.time - b.time)
  const header =
    'transaction_id,timestamp,store,product,category,customer,quantity,unit_price,unit_cost,discount,payment,transaction_type'
  const rows = receipts.flatMap(({ time, shop, customer, payment, lines, returned }, index) => {
    const id = `R${String(index + 1).padStart(6, '0')}`
    const stamp = timestamp(time)
    return lines.map(({ product, quantity, price, cost, discount }) =>
      [
        id,
        stamp,
        shop.name,
        quote(product.name),
        product.category,
        shop.lowerCase ? customer.toLowerCase() : customer,
        quantity,
        price.toFixed(2),
        cost?.toFixed(2) ?? '',
        discount || '',
        payment,
        returned ? 'return' : 'sale',
      ].join(','),
    )
  })
  return `${[header, ...rows].join('\n')}\n`
}

const folder = process.argv[2] ?? join(fileURLToPath(new URL('.', import.meta.url)), 'data')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'transactions.csv'), transactions())
