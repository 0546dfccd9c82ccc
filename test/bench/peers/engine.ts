import { readFileSync } from 'node:fs'
import {
  analyse,
  bufferPool,
  type ColumnMemory,
  type ComputeHost,
  executeModel,
  type Feature,
  type FeatureFunction,
  type FileSystem,
  openProject,
  type Plan,
  planModel,
  type Table,
  typeScriptReader,
} from '@modeldriver/engine'
import { columns, type Data, groupFeatures, rowFeatures } from '../data.ts'
import * as functions from '../sales.features.ts'
import type { Contestant } from './contestant.ts'

const functionsByName: ReadonlyMap<string, FeatureFunction> = new Map(Object.entries(functions))

/**
 * Our engine; `opaque` hides the meaning of the bodies, so that every group feature is called with columns. `again` computes every
 * feature as well, but takes the groups from the run before.
 */
export function engine(data: Data, meaning: 'known' | 'opaque', again = false): Contestant {
  const table: Table = {
    length: data.pin.length,
    columns: new Map(Object.entries(data).map(([column, values]) => [column, { type: 'number', values }])),
  }
  const { plan, features } = planOf(readFileSync('test/bench/sales.features.ts', 'utf8'))
  const opaque = new Map(
    [...features].map(([feature, own]): [string, Feature] => [
      feature,
      { ...own, body: { kind: 'opaque', reason: 'hidden' } },
    ]),
  )
  const buffers = bufferPool()
  const host: ComputeHost = {
    functionOf: (feature) => functionsByName.get(feature) as FeatureFunction,
    now: () => performance.now(),
    buffers,
    ...(again && { memory: groupsOnly() }),
  }
  let last: ReturnType<typeof executeModel> | undefined
  return {
    version: '',
    run: () => {
      // As a re-run in the editor does: the result before is dropped first.
      if (last) buffers.recycle(last)
      last = executeModel(plan, meaning === 'known' ? features : opaque, table, host)
    },
    results: () => {
      const failed = last?.report.features.filter((feature) => feature.error)
      if (!last?.groups || failed?.length) throw new Error(`${failed?.[0]?.feature} failed: ${JSON.stringify(failed)}`)
      return {
        rows: numbersOf(last.rows, rowFeatures),
        groups: numbersOf(last.groups, ['pin', ...groupFeatures]),
      }
    },
  }
}

/** Remembers what follows from columns of the data, and no feature. */
function groupsOnly(): ColumnMemory {
  const known = new Map<string, object>()
  const names = new WeakMap<object, string>()
  const digest = (parts: readonly unknown[]): string => JSON.stringify(parts)
  return {
    codeOf: () => undefined,
    contentOf(column) {
      const name = names.get(column) ?? performance.now().toString()
      names.set(column, name)
      return name
    },
    digest,
    find: () => undefined,
    keep: () => {},
    shared<T extends object>(parts: readonly unknown[], make: () => T): T {
      const key = digest(parts)
      const own = (known.get(key) as T | undefined) ?? make()
      known.set(key, own)
      return own
    },
  }
}

function planOf(featureText: string): { plan: Plan; features: ReadonlyMap<string, Feature> } {
  const files: Readonly<Record<string, string>> = {
    '/bench/sales.features.ts': featureText,
    '/bench/sales.csv': `${columns}\n`,
  }
  const fs: FileSystem = {
    readText: (path) => files[path],
    list: (folder) => (folder === '/bench' ? ['sales.csv', 'sales.features.ts'] : []),
    readHeader: () => ({
      kind: 'header',
      columns: columns.map((column) => ({ name: column, type: 'number', samples: [] })),
    }),
  }
  const analysis = analyse(openProject('/bench/sales.features.ts', fs, typeScriptReader()))
  const [model] = analysis.models
  const plan = model && planModel(model).value
  if (!plan || analysis.problems.length > 0) throw new Error(`No plan: ${JSON.stringify(analysis.problems)}`)
  return { plan, features: model.features }
}

function numbersOf(table: Table, names: readonly string[]): Record<string, Float64Array> {
  return Object.fromEntries(
    names.map((name) => {
      const column = table.columns.get(name)
      if (!column || column.type === 'string' || column.type === 'boolean') throw new Error(`no numbers in '${name}'`)
      return [name, column.values]
    }),
  )
}
