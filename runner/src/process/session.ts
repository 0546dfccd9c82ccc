import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import { FilterError, rowsWhere, type Table } from '@modeldriver/engine'
import type {
  ColumnsRequest,
  ExpectationResult,
  ExpectRequest,
  ExportRequest,
  PageRequest,
  RangeRequest,
  RecordRequest,
  RunnerMessage,
  RunnerRequest,
  RunRequest,
  TableOfRun,
  TraceRequest,
  ViewRequest,
} from '@modeldriver/protocol'
import { expectationsText, readExpectations, WrongExpectations } from '../expect/file.ts'
import { projectBeside } from '../expect/project.ts'
import { checkExpectation, recordExpectation } from '../expect/run.ts'
import { portable } from '../files/disk.ts'
import { Unwritable } from '../files/place.ts'
import { formatOfName, type TableFormat, tableFormats, writeFiles } from '../files/write.ts'
import { untilInterrupted } from '../load/guard.ts'
import { createMemory } from '../run/memory.ts'
import { createSession } from '../run/session.ts'
import { type ModelRun, type ProjectRun, runProject } from '../run.ts'
import { type Comparison, compareTables } from './changes.ts'
import { part, rangeStatistics, rangeText, rowsOf } from './range.ts'
import { type ComparedRun, columnSummary, kindOf, summaryOf } from './summary.ts'
import { groupRows, traceOf } from './trace.ts'
import { pageOf, sortedRows } from './view.ts'

const keptRuns = 4
const keptViews = 16
/** Cells that can be copied at once. */
const mostCopied = 2_000_000

interface Kept {
  readonly run: ProjectRun
  readonly compared: ComparedRun
  readonly views: Map<string, Int32Array>
}

/**
 * Answers requests one after the other. Keeps the last few results, so that pages of them can be asked for.
 * Every request ends with exactly one message that is not `progress`.
 */
export function createResponder(send: (message: RunnerMessage) => void): (request: RunnerRequest) => Promise<void> {
  const session = createSession(createMemory())
  const kept = new Map<string, Kept>()

  const run = async (request: RunRequest): Promise<RunnerMessage> => {
    const { id } = request
    const result = await untilInterrupted((isEnded) =>
      runProject({
        project: portable(request.project),
        overlay: portableTexts(request.overlay),
        ...(request.model !== undefined && { model: request.model }),
        sampleRows: request.sampleRows,
        featureTimeoutMs: request.featureTimeoutMs,
        allFeatures: true,
        onProgress: (progress) => {
          if (isEnded()) throw new Gone('The run was cancelled.')
          send({ kind: 'progress', id, ...progress })
        },
        session,
      }),
    )
    if (result === undefined) throw new Gone('The run was cancelled.')
    const earlier = [...kept.values()].map(({ run }) => run).filter((run) => projectOf(run) === projectOf(result))
    const compared = compareRuns(earlier, result)
    const summary = summaryOf(randomUUID(), result, compared)
    if (result.models.length === 0) {
      const { problems } = summary
      const nothing = { message: 'There is no model to run: no features were found.', path: summary.project }
      return { kind: 'failed', id, problems: problems.length > 0 ? problems : [nothing] }
    }
    kept.set(summary.run, { run: result, compared, views: new Map() })
    for (const old of [...kept.keys()].slice(0, -keptRuns)) kept.delete(old)
    return { kind: 'ran', id, summary }
  }

  const find = ({ run: key, model: name, table, view }: TableOfRun): Found => {
    const found = kept.get(key)
    if (found === undefined) throw new Gone('This result is no longer kept. Run the model again.')
    const model = found.run.models.find(({ plan }) => plan.model === name)
    const of = model?.result[table]
    if (model === undefined || of === undefined) throw new Gone(`Model '${name}' has no ${table} in this result.`)
    const rows = view === undefined ? undefined : found.views.get(view)
    if (view !== undefined) {
      if (rows === undefined) throw new Gone('This order is no longer kept. Sort again.')
      // Those that were looked at last are kept.
      found.views.delete(view)
      found.views.set(view, rows)
    }
    const compared = found.compared.get(name)
    const comparison = table === 'outputs' ? undefined : compared?.[table]
    return { kept: found, model, table: of, rows, comparison }
  }

  const page = (request: PageRequest): RunnerMessage => {
    const { table, rows, comparison } = find(request)
    return { kind: 'page', id: request.id, page: pageOf(table, rows, request.offset, request.count, comparison) }
  }

  const view = (request: ViewRequest): RunnerMessage => {
    const found = find(request)
    const { views } = found.kept
    const rows = viewRows(found, request)
    const key = randomUUID()
    views.set(key, rows)
    for (const old of [...views.keys()].slice(0, -keptViews)) views.delete(old)
    return { kind: 'view', id: request.id, view: key, count: rows.length }
  }

  const range = (request: RangeRequest): RunnerMessage => {
    const { id, offset, count, columns } = request
    const { table, rows } = find(request)
    const cells = part(table, rowsOf(table, rows, offset, count), columns)
    if (request.as === 'statistics') return { kind: 'statistics', id, statistics: rangeStatistics(cells) }
    const size = cells.length * cells.columns.size
    if (size > mostCopied)
      throw new Gone(
        `${size.toLocaleString('en')} cells are too many for the clipboard (at most ${mostCopied.toLocaleString('en')}). Export the table to a file instead.`,
      )
    return { kind: 'text', id, text: rangeText(cells) }
  }

  const exported = ({ id, path, columns, ...of }: ExportRequest): RunnerMessage => {
    const { table, rows } = find(of)
    const all = part(table, rows, columns)
    writeFiles([{ path, table: all, format: formatOf(path) }])
    return { kind: 'exported', id, path, rows: all.length }
  }

  const trace = (request: TraceRequest): RunnerMessage => {
    const { kept: of, model, table, rows } = find(request)
    const row = rows ? rows[request.row] : request.row
    if (row === undefined || row >= table.length || !table.columns.has(request.column) || request.table === 'outputs')
      throw new Gone(`There is no cell '${request.column}' in row ${request.row + 1} of this result.`)
    return {
      kind: 'trace',
      id: request.id,
      trace: traceOf({ model, project: of.run }, request.table, row, request.column),
    }
  }

  const columns = ({ id, run: key, model: name, table: of, columns: names }: ColumnsRequest): RunnerMessage => {
    const { model, table } = find({ run: key, model: name, table: of })
    const described = names.flatMap((column) => {
      const data = table.columns.get(column)
      return data ? [columnSummary(column, data, kindOf(column, model))] : []
    })
    return { kind: 'columns', id, run: key, model: name, table: of, columns: described }
  }

  const expect = async (request: ExpectRequest): Promise<RunnerMessage> => {
    const { id, names, featureTimeoutMs } = request
    const path = portable(request.path)
    const overlay = portableTexts(request.overlay)
    const around = { project: projectBeside(path), overlay, featureTimeoutMs, session }
    const all = readExpectations(path, overlay[path])
    const results: ExpectationResult[] = []
    for (const expectation of all)
      if (names === undefined || names.includes(expectation.name))
        results.push(await checkExpectation(expectation, around))
    return { kind: 'expected', id, results }
  }

  const record = async (request: RecordRequest): Promise<RunnerMessage> => {
    const { id, name, rows, featureTimeoutMs } = request
    const { kept: of, model } = find({ ...request, table: 'rows' })
    const overlay = portableTexts(request.overlay)
    const path = portable(request.path)
    const before = existsSync(path) || overlay[path] !== undefined ? readExpectations(path, overlay[path]) : []
    const around = { project: projectOf(of.run), overlay, featureTimeoutMs, session }
    const added = await recordExpectation(name, model, rows, around)
    const others = before.filter((each) => each.name !== name)
    writeFiles([{ path, text: expectationsText([...others, added]) }])
    return { kind: 'recorded', id, path, name }
  }

  const answer = async (request: RunnerRequest): Promise<RunnerMessage> => {
    switch (request.kind) {
      case 'run':
        return run(request)
      case 'page':
        return page(request)
      case 'view':
        return view(request)
      case 'range':
        return range(request)
      case 'export':
        return exported(request)
      case 'trace':
        return trace(request)
      case 'columns':
        return columns(request)
      case 'expect':
        return expect(request)
      case 'record':
        return record(request)
      case 'release':
        kept.delete(request.run)
        return { kind: 'released', id: request.id }
    }
  }

  return async (request) => {
    try {
      send(await answer(request))
    } catch (error) {
      send(failed(request.id, error))
    }
  }
}

/** Something that was asked for is not there (any more), or cannot be had. */
class Gone extends Error {}

interface Found {
  readonly kept: Kept
  readonly model: ModelRun
  readonly table: Table
  /** Of a view. */
  readonly rows: Int32Array | undefined
  readonly comparison: Comparison | undefined
}

const portableTexts = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([path, text]) => [portable(path), text]))

const projectOf = (run: ProjectRun): string => run.analysis.snapshot.project.path

/** Each model beside its run before, which may have been another than the last. */
function compareRuns(earlier: readonly ProjectRun[], now: ProjectRun): ComparedRun {
  const models = now.models.flatMap(({ plan, result }) => {
    const old = earlier.flatMap(({ models }) => models).findLast((each) => each.plan.model === plan.model)
    if (old === undefined) return []
    const isSameKey = JSON.stringify(old.plan.groupBy) === JSON.stringify(plan.groupBy)
    const groups = isSameKey && old.result.groups && result.groups
    return [
      [
        plan.model,
        {
          rows: compareTables(old.result.rows, result.rows),
          ...(groups && old.result.groups && { groups: compareTables(old.result.groups, groups, plan.groupBy) }),
        },
      ] as const,
    ]
  })
  return new Map(models)
}

/** The rows that a view shows, in its order. */
function viewRows({ table, model, comparison }: Found, { sort, filter, group, changed }: ViewRequest): Int32Array {
  let rows: Int32Array = Int32Array.from({ length: table.length }, (_, row) => row)
  if (group !== undefined) rows = groupRows(model.result.groupOfRow, group)
  if (filter !== undefined) {
    const holds = new Uint8Array(table.length)
    for (const row of rowsWhere(table, filter)) holds[row] = 1
    rows = rows.filter((row) => holds[row] === 1)
  }
  if (changed !== undefined) {
    const marks = comparison?.marks.get(changed)
    rows = rows.filter((row) => marks?.[row] === 1)
  }
  if (sort === undefined) return rows
  const column = table.columns.get(sort.column)
  if (column === undefined) throw new Gone(`There is no column '${sort.column}' to sort by.`)
  return sortedRows(table, column, sort.descending, rows)
}

function formatOf(path: string): TableFormat {
  const format = formatOfName(path)
  if (format) return format
  const endings = tableFormats.map((each) => `.${each}`).join(', ')
  throw new Gone(`Files ending in '${extname(path)}' cannot be written. Choose one of ${endings}.`)
}

function failed(id: number, error: unknown): RunnerMessage {
  if ([Gone, FilterError, Unwritable, WrongExpectations].some((known) => error instanceof known))
    return { kind: 'failed', id, problems: [{ message: (error as Error).message }] }
  const what = error instanceof Error ? error.message : String(error)
  return { kind: 'failed', id, problems: [{ message: `The run could not be finished: ${what}` }] }
}
