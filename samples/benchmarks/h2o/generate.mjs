// Makes data of the kind that the group-by task of H2O.ai's db-benchmark uses (not its very numbers: those are R's).
// Same bytes on every run and machine. Usage: node generate.mjs [folder] [rows] [groups] [percent missing]
// Without a number of rows, the two files of the sample.
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

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

const header = 'id1,id2,id3,id4,id5,id6,v1,v2,v3\n'

/** Cells of one row: two large and one small group as text, two large and one small as numbers, then the values. */
function rowMaker(rows, groups, percentMissing) {
  const random = seeded(108)
  const upTo = (count) => 1 + Math.floor(random() * count)
  const text = (number, digits) => `id${String(number).padStart(digits, '0')}`
  const small = Math.max(1, Math.floor(rows / groups))
  const makers = [
    () => text(upTo(groups), 3),
    () => text(upTo(groups), 3),
    () => text(upTo(small), 10),
    () => upTo(groups),
    () => upTo(groups),
    () => upTo(small),
    () => upTo(5),
    () => upTo(5),
    () => Math.floor(random() * 1_000_001) / 10_000,
  ]
  return () => `${makers.map((make) => (random() * 100 < percentMissing ? '' : make())).join(',')}\n`
}

/** 2000 is 2e3, as the benchmark names its files. */
const short = (number) => {
  const zeros = /0*$/.exec(String(number))[0].length
  return `${number / 10 ** zeros}e${zeros}`
}

function generate(folder, rows, groups, percentMissing) {
  const file = openSync(join(folder, `G1_${short(rows)}_${short(groups)}_${percentMissing}_0.csv`), 'w')
  const row = rowMaker(rows, groups, percentMissing)
  let text = header
  for (let i = 0; i < rows; i++) {
    text += row()
    if (text.length > 1_000_000) {
      writeSync(file, text)
      text = ''
    }
  }
  writeSync(file, text)
  closeSync(file)
}

const [folder = fileURLToPath(new URL('data', import.meta.url)), rows, groups = '100', percentMissing = '0'] =
  process.argv.slice(2)
if (rows) generate(folder, Number(rows), Number(groups), Number(percentMissing))
else for (const missing of [0, 5]) generate(folder, 2000, 10, missing)
