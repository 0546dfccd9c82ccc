import { readFileSync } from 'node:fs'
import {
  analyse,
  bufferPool,
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
 * Our engine; `opaque` hides the meaning of the bodies, so that every group feature is called with columns. `again` computes the same
 * table, of which the groups are known then, as a run after an edit does; the others get a new one each time.
 */
export function engine(data: Data, meaning: 'known' | 'opaque', again = false): Contestant {
  const newTable = (): Table => ({
    length: data.pin.length,
    columns: new Map(Object.entries(data).map(([column, values]) => [column, { type: 'number', values }])),
  })
  const table = newTable()
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
  }
  let last: ReturnType<typeof executeModel> | undefined
  return {
    version: '',
    run: () => {
      // As a re-run in the editor does: the result before is dropped first.
      if (last) buffers.recycle(last)
      last = executeModel(plan, meaning === 'known' ? features : opaque, again ? table : newTable(), host)
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
