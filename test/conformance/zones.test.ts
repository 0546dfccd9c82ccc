import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as library from '@modeldriver/engine/functions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeFiles } from '../../runner/src/files/write.ts'
import { runProject } from '../../runner/src/run.ts'
import { inputsOf, rowOperations } from './operations.ts'
import { makeRows } from './rows.ts'
import { type Cells, everyWay, isSame } from './ways.ts'

/** Dates where clocks are changed, by an hour and by half of one in the other half of the year: all as where they never are. */

const zones = { 'Europe/Berlin': [-60, -120], 'Australia/Lord_Howe': [-660, -630] }

async function inZone<T>(zone: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.TZ
  process.env.TZ = zone
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
}

const operations = rowOperations.filter(({ body }) => body.includes('Date') || inputsOf(body).includes('d'))
const names = Object.keys(library).filter((name) => name !== 'feature' && name !== 'row')
const ofDates = () =>
  everyWay({
    rows: makeRows(400),
    groupBy: ['k'],
    featureFile: [
      `import { ${names} } from 'modeldriver'`,
      ...operations.map(({ body }, at) => `export const row_${at} = (${inputsOf(body)}) => ${body} //#row`),
      'export const earliest = (d) => d.min() //#agg',
      'export const middle = (d) => d.median() //#agg',
      'export const apart = (d) => d.diff().max() //#agg',
    ].join('\n'),
    queries: [],
  })

/** Times that some of these zones do not have, and some that they have twice; what asks the zone of the machine. */
const times = ['2024-03-31 02:30', '2024-10-27 02:30', '2024-04-07 01:45', '2024-10-06 02:15', '2024-02-29 00:00']
const featureFile = `
const change = new Date(2024, 2, 31, 2, 30)
export const own = (d: Date) => (((d.getFullYear() * 100 + d.getMonth()) * 100 + d.getDate()) * 100 + d.getHours()) * 100 + d.getMinutes()
export const week_day = (d: Date) => d.getDay()
export const made = (d: Date) => new Date(d.getFullYear(), d.getMonth(), d.getDate(), d.getHours(), d.getMinutes())
export const parsed = (t: string) => new Date(t)
export const since_change = (d: Date) => (d.getTime() - change.getTime()) / 60000
export const next_day = (d: Date) => {
  const next = new Date(d)
  next.setDate(next.getDate() + 1)
  return next
}
export const said = (d: Date) => d.toString()
export const latest = (d: Date) => d.max() //#agg
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modeldriver zones '))
  const columns = { t: { type: 'string' }, german: { type: 'datetime', format: 'dd.MM.yyyy HH:mm' } }
  const model = { model_name: 'm', features: ['m.features.ts'], data: 'm.csv', group_by: 'k', columns }
  const german = (time: string) => time.replace(/(\d+)-(\d+)-(\d+)/, '$3.$2.$1')
  writeFileSync(join(folder, 'modeldriver.json'), JSON.stringify({ models: [model] }))
  writeFileSync(join(folder, 'm.features.ts'), `${featureFile}export const from_german = (german: Date) => german\n`)
  writeFileSync(
    join(folder, 'm.csv'),
    ['k,d,t,german', ...times.map((time) => ['a', time, time, german(time)].join())].join('\n'),
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The rows and groups of a run as CSV files have them. */
async function written(): Promise<string> {
  const { models, problems } = await runProject({ project: join(folder, 'modeldriver.json'), allFeatures: true })
  expect(problems).toEqual([])
  return models
    .flatMap(({ result, failures }) => {
      expect([...failures]).toEqual([])
      return [result.rows, ...(result.groups ? [result.groups] : [])]
    })
    .map((table) => {
      const path = join(folder, 'made.csv')
      writeFiles([{ path, table, format: 'csv' }])
      return readFileSync(path, 'utf8')
    })
    .join('\n')
}

const differences = (one: Cells, other: Cells) =>
  [...one].flatMap(([name, values]) => {
    const at = values.findIndex((value, row) => !isSame(value, other.get(name)?.[row]))
    return at < 0 ? [] : [{ name, here: values[at], inUtc: other.get(name)?.[at] }]
  })

describe.each(Object.entries(zones))('in %s', (zone, offsets) => {
  test('clocks are changed', () =>
    inZone(zone, async () => {
      const found = [0, 6].map((month) => new Date(Date.UTC(2024, month)).getTimezoneOffset())
      expect(found).toEqual(offsets)
    }))

  test('what is asked of dates is as in UTC, called and generated', async () => {
    const [here, inUtc] = [await inZone(zone, ofDates), await inZone('UTC', ofDates)]
    expect(operations.length).toBeGreaterThan(20)
    expect(here.called.size).toBeGreaterThan(operations.length)
    expect(differences(here.called, inUtc.called)).toEqual([])
    expect(differences(here.generated, inUtc.called)).toEqual([])
  }, 60_000)

  test('files are read, feature files run and files written as in UTC', async () => {
    const [here, inUtc] = [await inZone(zone, written), await inZone('UTC', written)]
    expect(here).toBe(inUtc)
    // By hand: the third row, 7 April 2024 at 01:45, a Sunday, 6 days and 23 hours 15 minutes after 31 March at 02:30.
    const [header = '', , , row = ''] = here.split('\n')
    const cells = new Map(header.split(',').map((name, at) => [name, row.trim().split(',')[at]]))
    expect(Object.fromEntries(cells)).toMatchObject({
      own: '202403070145',
      week_day: '0',
      since_change: String(7 * 1440 - 45),
      said: 'Sun Apr 07 2024 01:45:00 GMT+0000 (Coordinated Universal Time)',
    })
    for (const name of ['d', 'made', 'parsed', 'from_german']) expect(cells.get(name)).toContain('2024-04-07')
    for (const name of ['made', 'parsed', 'from_german']) expect(cells.get(name)).toBe(cells.get('d'))
  })
})
