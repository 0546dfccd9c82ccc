import type { RunnerRequest } from '@modeldriver/protocol'

/** A message of the parent as a request, or the reason why it is none. Nothing that comes in is trusted. */
export function readRequest(message: unknown): RunnerRequest | string {
  if (!isRecord(message)) return 'A request must be an object.'
  if (!Number.isSafeInteger(message.id)) return 'A request needs a whole number "id".'
  if (typeof message.kind !== 'string' || !Object.hasOwn(shapes, message.kind)) {
    return `There is no request of the kind ${JSON.stringify(message.kind)}.`
  }
  const shape = shapes[message.kind as RunnerRequest['kind']]
  const wrong = Object.entries(shape).find(([field, fits]) => !fits(message[field]))
  return wrong === undefined
    ? (message as unknown as RunnerRequest)
    : `"${wrong[0]}" of the request "${message.kind}" is not right.`
}

type Test = (value: unknown) => boolean

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText: Test = (value) => typeof value === 'string'
const isCount: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const isPositive: Test = (value) => typeof value === 'number' && value > 0
const isTable: Test = (value) => value === 'rows' || value === 'groups' || value === 'outputs'
const maybe =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value)

const isTextMap: Test = (value) => isRecord(value) && Object.values(value).every(isText)
const isTexts: Test = (value) => Array.isArray(value) && value.every(isText)
const ofTable = { run: isText, model: isText, table: isTable, view: maybe(isText) }

const shapes: Readonly<Record<RunnerRequest['kind'], Readonly<Record<string, Test>>>> = {
  run: {
    project: isText,
    overlay: isTextMap,
    model: maybe(isText),
    sampleRows: isPositive,
    featureTimeoutMs: isPositive,
  },
  page: { ...ofTable, offset: isCount, count: isCount },
  view: {
    ...ofTable,
    sort: maybe((value) => isRecord(value) && isText(value.column) && typeof value.descending === 'boolean'),
    filter: maybe(isText),
    group: maybe(isCount),
    changed: maybe(isText),
  },
  range: {
    ...ofTable,
    columns: isTexts,
    offset: isCount,
    count: isCount,
    as: (value) => value === 'statistics' || value === 'text',
  },
  export: { ...ofTable, path: isText, columns: maybe(isTexts) },
  trace: { ...ofTable, row: isCount, column: isText },
  columns: { run: isText, model: isText, table: isTable, columns: isTexts },
  expect: { path: isText, overlay: isTextMap, names: maybe(isTexts), featureTimeoutMs: isPositive },
  record: {
    run: isText,
    model: isText,
    name: isText,
    rows: isCount,
    path: isText,
    overlay: isTextMap,
    featureTimeoutMs: isPositive,
  },
  release: { run: isText },
}
