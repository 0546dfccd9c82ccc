// Makes property.csv: recorded sales of 200 parcels, one row each (a parcel that was never sold has one row without a sale).
// Same bytes on every run and machine. Usage: node generate.mjs [folder]
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const day = 24 * 60 * 60 * 1000
const parcelCount = 200
// `upTo`: how many of a hundred parcels are of this class or one before; area and land in square feet, price per square foot.
const buildingClasses = [
  { name: '1-00 Vacant land', upTo: 6 },
  { name: '2-03 One-story house', upTo: 36, built: [1890, 2005], area: [620, 1900], land: [2200, 7500], price: 165 },
  { name: '2-05 Two-story house', upTo: 64, built: [1885, 2020], area: [1100, 3400], land: [2500, 9000], price: 190 },
  {
    name: '2-11 Apartment building',
    upTo: 80,
    built: [1895, 1990],
    area: [2400, 9000],
    land: [3000, 8000],
    price: 130,
  },
  { name: '2-99 Condominium', upTo: 94, built: [1955, 2022], area: [480, 1700], price: 240 },
  { name: '5-17 Shop', upTo: 100, built: [1905, 2015], area: [900, 12000], land: [2000, 20000], price: 120 },
]

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
const random = seeded(1428)
const chance = (probability) => random() < probability
const between = (low, high) => low + Math.floor(random() * (high - low + 1))
const digits = (number, length) => String(number).padStart(length, '0')
const missingNowAndThen = (value, probability) => (chance(probability) ? '' : value)

function drawClass() {
  const at = random() * 100
  return buildingClasses.find(({ upTo }) => at < upTo)
}

function parcel(index) {
  const pin = `14-${digits(20 + Math.floor(index / 50), 2)}-${digits(100 + (index % 50), 3)}-${digits(between(1, 60), 3)}`
  const { name, built, area, land, price } = drawClass()
  const buildingArea = area ? between(...area) : 0
  const landArea = land ? between(...land) : area ? '' : between(2000, 15000)
  const value = built ? buildingArea * price * (0.8 + 0.5 * random()) : landArea * 22
  return {
    pin,
    year_built: built ? missingNowAndThen(between(...built), 0.04) : '',
    building_area: built ? missingNowAndThen(buildingArea, 0.03) : '',
    land_area: landArea,
    building_class: name,
    assessed_value: missingNowAndThen(Math.round((value * (0.7 + 0.6 * random())) / 10) * 10, 0.02),
    value,
  }
}

function salesOf(parcel) {
  const count = [0, 1, 1, 1, 2, 2, 3][between(0, 6)]
  if (count === 0) return [{ sale_price: '', sale_date: '' }]
  const dates = Array.from({ length: count }, () => Date.UTC(2014, 0, 1) + between(0, 4000) * day).sort((a, b) => a - b)
  return dates.map((date) => {
    const growth = 0.6 + ((date - Date.UTC(2014, 0, 1)) / day / 4000) * 0.4
    const amongRelatives = chance(0.05)
    const price = amongRelatives ? 1 : Math.round((parcel.value * growth * (0.85 + 0.3 * random())) / 500) * 500
    return { sale_price: missingNowAndThen(price, 0.03), sale_date: new Date(date).toISOString().slice(0, 10) }
  })
}

const columns = [
  'pin',
  'year_built',
  'building_area',
  'land_area',
  'building_class',
  'assessed_value',
  'sale_price',
  'sale_date',
]
const rows = Array.from({ length: parcelCount }, (_, index) => parcel(index))
  .flatMap((parcel) => salesOf(parcel).map((sale) => ({ ...parcel, ...sale })))
  .map((row) => columns.map((column) => row[column]).join(','))
const folder = process.argv[2] ?? fileURLToPath(new URL('.', import.meta.url))
writeFileSync(join(folder, 'property.csv'), `${[columns.join(','), ...rows].join('\n')}\n`)
