import { join } from 'node:path'
import { columnOf, makeTable, type Rejected, type Table } from '@modeldriver/engine'
import type { FileToWrite, TableFormat } from '../files/write.ts'
import type { ModelRun, ProjectRun } from '../run.ts'
import { metadataOf } from './report.ts'

/**
 * The four stages of a model under `<base>/<client_name>/<model_name>/`: the table as it was read (and what could not
 * be), rows with row features, groups, outputs; beside them `execution_metadata.json`.
 */
export function stageFiles(
  run: ModelRun,
  projectRun: ProjectRun,
  base: string,
  format: TableFormat,
): readonly FileToWrite[] {
  const { analysed, plan, result, input } = run
  const folder = join(base, fileName(analysed.model.clientName), fileName(plan.model))
  const file = (stage: string, name: string, table: Table): FileToWrite => ({
    path: join(folder, stage, `${name}.${format}`),
    table,
    format,
  })
  return [
    file('01_preprocess', 'input', input.table),
    file('01_preprocess', 'rejected', rejectedTable(input.rejected)),
    file('02_features', 'rows', result.rows),
    ...(result.groups ? [file('03_attributes', 'groups', result.groups)] : []),
    file('04_output', 'outputs', result.outputs),
    {
      path: join(folder, 'execution_metadata.json'),
      text: `${JSON.stringify(metadataOf(run, projectRun), null, 2)}\n`,
    },
  ]
}

/** A name as a file or folder of every system. */
export function fileName(name: string): string {
  const safe = [...name]
    .map((character) => (/[\\/:*?"<>|]/.test(character) || character < ' ' ? '_' : character))
    .join('')
  return /^\.*$/.test(safe) ? `_${safe}` : safe
}

function rejectedTable(rejected: readonly Rejected[]): Table {
  const fields = ['row', 'column', 'text', 'reason', 'kind'] as const
  return makeTable(fields.map((field) => [field, columnOf(rejected.map((one) => one[field]))] as const))
}
