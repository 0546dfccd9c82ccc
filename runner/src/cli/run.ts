import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { makeTable, pickColumns, placedOutputs, type Table, version } from '@modeldriver/engine'
import type { RunProblem } from '@modeldriver/protocol'
import { portable } from '../files/disk.ts'
import { diskFiles } from '../files/header.ts'
import { rejectedTable } from '../files/rejected.ts'
import { type FileToWrite, type TableFormat, writeFiles } from '../files/write.ts'
import { places } from '../places.ts'
import { createCache } from '../run/cache.ts'
import type { RunFailure } from '../run/failures.ts'
import { createMemory } from '../run/memory.ts'
import { createSession } from '../run/session.ts'
import { analyseProject, type ModelRun, type ProjectRun, runProject, tablesRead } from '../run.ts'
import { type Console, type ExitCode, exitCodes, UsageError } from './console.ts'
import { countDoubts, doubtsOf } from './doubts.ts'
import { counted, printHead } from './grid.ts'
import { refuseUnknownModel, targetOf } from './plan.ts'
import { countProblems, hasErrors, printProblems, recordsOf, withHowOnce } from './problems.ts'
import { printRejected, tellRejected, tooManyRejected, warnOfRejected, warnOfTable } from './rejected.ts'
import { reportOf } from './report.ts'
import { fileName, stageFiles, stagesOf } from './stages.ts'
import { projectsAt, shown } from './target.ts'

export interface RunCommand {
  readonly model?: string
  readonly outputs?: readonly string[]
  readonly input?: string
  readonly out?: string
  /** Which tables of `out`. Default: all. */
  readonly tables?: readonly OutTable[]
  /** Of the files written. Default: csv. */
  readonly format?: TableFormat
  readonly stages: boolean
  readonly json: boolean
  readonly rows: number
  readonly timeout: number
  /** Percent of the rows of a file. */
  readonly maxRejected?: number
  readonly cache: boolean
}

/** What `--out` writes of a model. */
export const outTables = ['rows', 'groups', 'outputs', 'rejected'] as const
export type OutTable = (typeof outTables)[number]

/** Runs projects on their whole data; prints heads of the results, or writes them. Exit code 1 when anything failed. */
export async function run(path: string, command: RunCommand, console: Console): Promise<ExitCode> {
  refuseUnreadable(command)
  refuseUnwritten(command)
  const outcomes: Outcome[] = []
  for (const project of projectsAt(path)) outcomes.push(await runOne(project, command, console))
  const reports = outcomes.map(({ report }) => report)
  if (command.json) console.out(`${JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2)}\n`)
  return outcomes.every(({ isGood }) => isGood) ? exitCodes.ok : exitCodes.problems
}

interface Outcome {
  readonly isGood: boolean
  readonly report: object
}

async function runOne(project: string, command: RunCommand, console: Console): Promise<Outcome> {
  const { model, outputs, input } = command
  const options = { project, ...(model !== undefined && { model }), ...(input !== undefined && { input }) }
  const folder = join(dirname(project), ...cacheFolder)
  const cache = command.cache ? createCache(folder, program()) : undefined
  const session = createSession(cache && createMemory(cache), cache?.dataOf)
  const analysis = analyseProject(options, session)
  refuseUnknownModel(analysis.models, model)
  const at = places(diskFiles().readText)
  // A title that was taken for the header (MD038) is why columns are not known.
  const found = analysis.problems.filter(({ severity, code }) => severity === 'error' || code === 'MD038')
  const errors = recordsOf({ ...analysis, problems: found }, at, console.cwd)
  if (hasErrors(errors)) {
    const text = printProblems(errors, { style: console.noteStyle })
    console.note(`${text}${countProblems(errors)}: nothing was run.\n`)
    return { isGood: false, report: { project, models: [], problems: errors, files: [] } }
  }
  const target = targetOf(analysis.models, outputs, model)
  const result = await runProject({
    ...options,
    session,
    ...(target !== undefined && { model: target }),
    ...(outputs && { outputs }),
    onlyNeeded: !showsAllColumns(command),
    featureTimeoutMs: command.timeout * 1000,
    onProgress: console.progress,
  })
  console.progress()
  const unwritten = cache?.finish()
  if (unwritten !== undefined)
    console.note(`The cache in ${shown(portable(folder), console.cwd)} was not written: ${unwritten}.\n`)
  return finish(result, command, console)
}

/** Whether columns are asked for that no feature reads: row tables have them, and the share of rows that could not be read counts them. */
const showsAllColumns = ({ out, tables, stages, maxRejected }: RunCommand): boolean =>
  stages || maxRejected !== undefined || (out !== undefined && (tables?.includes('rows') ?? true))

/** Below the folder of the project. */
const cacheFolder = ['.modeldriver', 'cache']

/** What computes: another build of ModelDriver, another Node or another language may give other results. */
function program(): readonly string[] {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions()
  const build = createHash('sha256').update(readFileSync(process.argv[1] as string))
  return [version, build.digest('base64url'), process.version, process.arch, locale]
}

/** Writes and prints what was computed. Nothing is written when something failed. */
function finish(computed: ProjectRun, command: RunCommand, console: Console): Outcome {
  const { models } = computed
  const problems = [...computed.problems, ...tooManyRejected(models, command.maxRejected)]
  const result = { ...computed, problems }
  const isGood = problems.length === 0 && models.every(({ failures }) => failures.size === 0)
  const writes = command.out !== undefined || command.stages
  const files = isGood && writes ? filesOf(result, command) : []
  writeFiles(files)
  if (!command.json && !writes) for (const model of models) console.out(printModel(model, command.rows, console))
  const warn = (warning: string) => console.note(`${console.noteStyle.yellow('warning')} ${warning}\n`)
  for (const { plan, warnings } of models) for (const warning of warnings) warn(`${plan.model}: ${warning}`)
  for (const input of models.flatMap(tablesRead)) {
    for (const warning of warnOfTable(input)) warn(warning)
    const isAsked = command.maxRejected === undefined || input.isCutOff
    const [warning] = (isAsked && warnOfRejected(input, '--json and --out list them all')) || []
    if (warning !== undefined) warn(warning)
    else if (writes && isGood) for (const line of tellRejected(input)) console.note(`${line}\n`)
  }
  printFailures(result, console)
  if (models.length === 0 && isGood) console.note('There is nothing to run: no model was found.\n')
  if (!isGood && writes) console.note('Nothing was written, because of the errors above.\n')
  for (const { path } of files) console.note(`wrote ${shown(portable(path), console.cwd)}\n`)
  const written = files.map(({ path }) => path)
  return { isGood, report: reportOf(result, written, tellDoubts(result, command, console)) }
}

/** The last line counts what the check warns of; with another input than the check has, it is told whole. */
function tellDoubts(result: ProjectRun, { input }: RunCommand, { note, noteStyle, cwd }: Console) {
  const doubts = doubtsOf(result)
  const records = recordsOf({ models: result.analysis.models, problems: doubts }, result.places, cwd)
  const { path } = result.analysis.snapshot.project
  if (input !== undefined) note(printProblems(records, { style: noteStyle }))
  else if (doubts.length > 0)
    note(`${noteStyle.yellow(countDoubts(doubts))}: 'modeldriver check ${asArgument(shown(path, cwd))}' says more.\n`)
  return records
}

const asArgument = (path: string): string => (/^[\w./:~+@%-]+$/.test(path) ? path : `"${path}"`)

/** A file named on the command line that cannot be read is wrong usage, not a problem of the project. */
function refuseUnreadable({ input }: RunCommand): void {
  if (input === undefined) return
  const header = diskFiles().readHeader(portable(input), { formats: {}, columns: {} })
  if (header.kind === 'unreadable') throw new UsageError(`Cannot read ${input}: ${header.reason}.`)
}

/** How files are written is said, but none are asked for. */
function refuseUnwritten({ out, stages, format, tables }: RunCommand): void {
  if (out !== undefined) return
  if (tables) throw new UsageError('--tables says which files are written: add --out <dir>, the folder for them.')
  if (format && !stages)
    throw new UsageError(
      `--format ${format} says how files are written, but no files are asked for: add --out <dir>, or --stages.`,
    )
}

function filesOf(projectRun: ProjectRun, { out, tables, stages, format = 'csv' }: RunCommand): readonly FileToWrite[] {
  const { root, outputBase } = projectRun.analysis.snapshot.project
  const base = out ?? join(root, outputBase)
  const flat = out === undefined ? [] : projectRun.models.flatMap((model) => tableFiles(model, out, format, tables))
  return [
    ...flat,
    ...(stages ? projectRun.models.flatMap((model) => stageFiles(stagesOf(model, projectRun), base, format)) : []),
  ].map((file) => ({ ...file, path: resolve(file.path) }))
}

function tableFiles(
  run: ModelRun,
  out: string,
  format: TableFormat,
  wanted: readonly OutTable[] = outTables,
): readonly FileToWrite[] {
  const { plan, result } = run
  const read = tablesRead(run).filter(({ path }) => path !== undefined)
  const tableOf = (name: OutTable): Table | undefined => {
    if (name !== 'rejected') return result[name]
    return read.length > 0 ? rejectedTable(read) : undefined
  }
  return outTables.flatMap((name) => {
    const table = wanted.includes(name) ? tableOf(name) : undefined
    return table ? [{ path: join(out, `${fileName(plan.model)}.${name}.${format}`), table, format }] : []
  })
}

/** Heads of the tables of one model under a line that says what it is. */
function printModel(run: ModelRun, rows: number, { style, width }: Console): string {
  const { plan, result, input, joined } = run
  const { report } = result
  const rejected = tablesRead(run).reduce((sum, table) => sum + table.rejected.length, 0)
  const steps = plan.steps.length
  const kept = report.features.filter(({ isKept }) => isKept).length
  const facts = [
    plan.groupBy === undefined ? '' : `per ${plan.groupBy.join(', ') || 'whole table'}`,
    `${counted(report.rows, 'row')} of ${input.name}${someColumns(input)}`,
    ...[...joined.values()].map(({ name, table }) => `joined with ${counted(table.length, 'row')} of ${name}`),
    report.groups === undefined ? '' : counted(report.groups, 'group'),
    report.rowsWithoutKey > 0 ? `${counted(report.rowsWithoutKey, 'row')} without key` : '',
    rejected > 0 ? `${counted(rejected, 'unreadable cell or row', 'unreadable cells or rows')} set aside` : '',
    kept > 0 ? `${steps - kept} of ${counted(steps, 'feature')} computed, the others kept` : '',
    `${Math.round(report.ms)} ms`,
  ].filter((fact) => fact !== '')
  const tables = tablesToShow(run).map(
    ({ name, table }) => `${style.dim(name)}\n${printHead(table, { rows, width })}\n`,
  )
  const details = tablesRead(run).flatMap((table) => {
    const about = [...printRejected(table), ...table.notes]
    return about.map((line) => `  ${table === input ? '' : `${table.name} · `}${line}`)
  })
  const head = [`${style.bold(plan.model)} · ${facts.join(' · ')}`, ...details.map(style.dim)]
  return `${head.join('\n')}\n\n${tables.join('\n')}\n`
}

/** Of a file that was not read whole. */
const someColumns = ({ table, unread }: ModelRun['input']): string =>
  unread === 0 ? '' : ` (${table.columns.size} of its ${table.columns.size + unread} columns)`

/** Features beside what they read; with a key the groups come first, then the row features. */
function tablesToShow({ plan, result }: ModelRun): readonly { readonly name: string; readonly table: Table }[] {
  const { rows, outputs } = result
  const brought = (plan.joins ?? []).flatMap(({ columns }) => columns.filter(({ level }) => level === 'row'))
  const read = [...plan.requiredInputs, ...brought.map(({ name }) => name)]
  if (plan.groupBy === undefined) {
    const others = read.filter((name) => !outputs.columns.has(name) && rows.columns.has(name))
    return [{ name: 'rows', table: makeTable([...outputs.columns, ...pickColumns(rows, others).columns], rows.length) }]
  }
  const rowFeatures = plan.steps.filter(({ level }) => level === 'row').map(({ feature }) => feature)
  const renamed = new Map(placedOutputs(plan).rows.map(({ name, as }) => [name, as]))
  const made = [...rowFeatures, ...renamed.keys()].map((name) => renamed.get(name) ?? name)
  const names = [...new Set([...plan.groupBy, ...made, ...read])]
  const groups = outputs.columns.size > 0 ? [{ name: 'groups', table: outputs }] : []
  return made.length === 0 ? groups : [...groups, { name: 'rows', table: pickColumns(rows, names) }]
}

function printFailures({ models, problems }: ProjectRun, { note, noteStyle, cwd }: Console): void {
  const failures: readonly (RunProblem & Pick<RunFailure, 'inputs'>)[] = [
    ...problems,
    ...models.flatMap((model) => [...model.failures.values()]),
  ]
  const said = new Set<string>()
  for (const { path, line = 0, character = 0, message, inputs, code } of failures) {
    const place = path === undefined ? '' : `${shown(path, cwd)}:${line + 1}:${character + 1} `
    const given = Object.entries(inputs ?? {}).map(([name, text]) => `${name} = ${text}`)
    const details = given.length === 0 ? '' : noteStyle.dim(` (${given.join(', ')})`)
    const text = `${place}${noteStyle.red('error')} ${code === undefined ? '' : `${code} `}${message}${details}\n`
    // A file that cannot be loaded fails all its features in the same words.
    said.add(text)
  }
  note(withHowOnce([...said].join('')))
}
