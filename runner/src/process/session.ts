import { randomUUID } from 'node:crypto'
import type { TableName } from '@modeldriver/engine'
import type { PageRequest, RunnerMessage, RunnerRequest, RunRequest, ViewRequest } from '@modeldriver/protocol'
import { portable } from '../files/disk.ts'
import { createMemory } from '../run/memory.ts'
import { createSession } from '../run/session.ts'
import { type ProjectRun, runProject } from '../run.ts'
import { summaryOf } from './summary.ts'
import { pageOf, sortedRows } from './view.ts'

const keptRuns = 4
const keptViews = 16

interface Kept {
  readonly run: ProjectRun
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
    const result = await runProject({
      project: portable(request.project),
      overlay: Object.fromEntries(Object.entries(request.overlay).map(([path, text]) => [portable(path), text])),
      ...(request.model !== undefined && { model: request.model }),
      sampleRows: request.sampleRows,
      featureTimeoutMs: request.featureTimeoutMs,
      allFeatures: true,
      onProgress: (progress) => send({ kind: 'progress', id, ...progress }),
      session,
    })
    const summary = summaryOf(randomUUID(), result)
    if (result.models.length === 0) {
      const { problems } = summary
      const nothing = { message: 'There is no model to run: no features were found.', path: summary.project }
      return { kind: 'failed', id, problems: problems.length > 0 ? problems : [nothing] }
    }
    kept.set(summary.run, { run: result, views: new Map() })
    for (const old of [...kept.keys()].slice(0, -keptRuns)) kept.delete(old)
    return { kind: 'ran', id, summary }
  }

  const find = ({ run: key, model, table }: { run: string; model: string; table: TableName }) => {
    const found = kept.get(key)
    if (found === undefined) throw new Gone('This result is no longer kept. Run the model again.')
    const of = found.run.models.find(({ plan }) => plan.model === model)?.result[table]
    if (of === undefined) throw new Gone(`Model '${model}' has no ${table} in this result.`)
    return { table: of, views: found.views }
  }

  const page = (request: PageRequest): RunnerMessage => {
    const { table, views } = find(request)
    const rows = request.view === undefined ? undefined : views.get(request.view)
    if (request.view !== undefined && rows === undefined) throw new Gone('This order is no longer kept. Sort again.')
    return { kind: 'page', id: request.id, page: pageOf(table, rows, request.offset, request.count) }
  }

  const view = (request: ViewRequest): RunnerMessage => {
    const { table, views } = find(request)
    const { sort } = request
    const column = sort && table.columns.get(sort.column)
    if (sort !== undefined && column === undefined) throw new Gone(`There is no column '${sort.column}' to sort by.`)
    const rows =
      sort && column
        ? sortedRows(table, column, sort.descending)
        : Int32Array.from({ length: table.length }, (_, row) => row)
    const key = randomUUID()
    views.set(key, rows)
    for (const old of [...views.keys()].slice(0, -keptViews)) views.delete(old)
    return { kind: 'view', id: request.id, view: key }
  }

  const answer = async (request: RunnerRequest): Promise<RunnerMessage> => {
    switch (request.kind) {
      case 'run':
        return run(request)
      case 'page':
        return page(request)
      case 'view':
        return view(request)
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

/** Something that was asked for is not there (any more). */
class Gone extends Error {}

function failed(id: number, error: unknown): RunnerMessage {
  if (error instanceof Gone) return { kind: 'failed', id, problems: [{ message: error.message }] }
  const what = error instanceof Error ? error.message : String(error)
  return { kind: 'failed', id, problems: [{ message: `The run could not be finished: ${what}` }] }
}
