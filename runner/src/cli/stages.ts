import { join } from 'node:path'
import type { Table } from '@modeldriver/engine'
import { rejectedTable, type WithRejected } from '../files/rejected.ts'
import type { FileToWrite, TableFormat } from '../files/write.ts'
import { type ModelRun, type ProjectRun, tablesRead } from '../run.ts'
import { metadataOf } from './report.ts'

/** What one model made, stage by stage. */
export interface Stages {
  readonly clientName: string
  readonly model: string
  readonly input: Table
  /** The files that it read, with what could not be. */
  readonly read: readonly WithRejected[]
  readonly rows: Table
  readonly groups?: Table | undefined
  readonly outputs: Table
  readonly metadata: object
}

/**
 * The four stages of a model under `<base>/<client_name>/<model_name>/`: the table as it was read (and what could not
 * be), rows with row features, groups, outputs; beside them `execution_metadata.json`.
 */
export function stageFiles(stages: Stages, base: string, format: TableFormat): readonly FileToWrite[] {
  const folder = join(base, fileName(stages.clientName), fileName(stages.model))
  const file = (stage: string, name: string, table: Table): FileToWrite => ({
    path: join(folder, stage, `${name}.${format}`),
    table,
    format,
  })
  return [
    file('01_preprocess', 'input', stages.input),
    file('01_preprocess', 'rejected', rejectedTable(stages.read)),
    file('02_features', 'rows', stages.rows),
    ...(stages.groups ? [file('03_attributes', 'groups', stages.groups)] : []),
    file('04_output', 'outputs', stages.outputs),
    { path: join(folder, 'execution_metadata.json'), text: `${JSON.stringify(stages.metadata, null, 2)}\n` },
  ]
}

/** The stages of a model of a run. */
export function stagesOf(run: ModelRun, projectRun: Pick<ProjectRun, 'analysis' | 'problems'>): Stages {
  const { analysed, plan, result, input } = run
  return {
    clientName: analysed.model.clientName,
    model: plan.model,
    input: input.table,
    read: tablesRead(run),
    rows: result.rows,
    groups: result.groups,
    outputs: result.outputs,
    metadata: metadataOf(run, projectRun),
  }
}

/** A name as a file or folder of every system. */
export function fileName(name: string): string {
  const safe = [...name]
    .map((character) => (/[\\/:*?"<>|]/.test(character) || character < ' ' ? '_' : character))
    .join('')
  return /^\.*$/.test(safe) ? `_${safe}` : safe
}
