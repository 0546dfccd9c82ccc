import { graphFormats, version } from '@modeldriver/engine'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { Unwritable } from '../files/place.ts'
import { tableFormats } from '../files/write.ts'
import { refuseExit } from '../load/exit.ts'
import { onStray } from '../load/stray.ts'
import { check, checkFormats } from './check.ts'
import { type Console, type ExitCode, exitCodes, progressLine, UsageError } from './console.ts'
import { declarations } from './declarations.ts'
import { features } from './features.ts'
import { graph } from './graph.ts'
import { init } from './init.ts'
import { checkMigration } from './migration.ts'
import { plan } from './plan.ts'
import { type OutTable, outTables, run } from './run.ts'
import { styleFor } from './style.ts'
import { test } from './test.ts'

// What features compute must not depend on where the machine stands.
process.env.TZ = 'UTC'

// What features print goes to stderr: stdout is for results.
const write = process.stdout.write.bind(process.stdout)
process.stdout.write = process.stderr.write.bind(process.stderr)
const exit = refuseExit()

const terminal: Console = {
  out: (text) => void write(text),
  note: (text) => void process.stderr.write(text),
  progress: progressLine(process.stderr),
  width: process.stdout.columns ?? 120,
  style: styleFor(process.stdout, process.env),
  noteStyle: styleFor(process.stderr, process.env),
  cwd: process.cwd(),
}

let code: ExitCode = exitCodes.ok

// `modeldriver run … | head` closes the pipe early; that is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') exit(code)
  terminal.note(`The results cannot be printed: ${error.code === 'ENOSPC' ? 'the disk is full' : error.message}.\n`)
  exit(exitCodes.usage)
})

let isDone = false
const strays = new Set<string>()
onStray((message) => {
  if (!strays.has(message)) terminal.note(`error ${message}\n`)
  strays.add(message)
  if (isDone) process.exitCode = exitCodes.problems
})

const names = (text: string): readonly string[] => {
  const list = text.split(',').map((name) => name.trim())
  if (list.some((name) => name === '')) throw new InvalidArgumentError('Separate names by commas: a,b.')
  return list
}

const tableNames = (text: string): readonly OutTable[] =>
  names(text).map((name) => {
    const known = outTables.find((table) => table === name)
    if (!known) throw new InvalidArgumentError(`'${name}' is no table. There are ${outTables.join(', ')}.`)
    return known
  })

const positive = (text: string): number => {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.')
  return value
}

const percent = (text: string): number => {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError('It must be a number from 0 to 100.')
  return value
}

const pathHelp = 'modeldriver.json, a folder, or a feature file'

const program = new Command('modeldriver')
  .description('Features as plain functions: parameter names are columns, the function name is the column it makes.')
  .version(version)
  .exitOverride()
  .configureOutput({ writeOut: terminal.out })
  .showHelpAfterError("('modeldriver --help' lists the commands)")
  .addHelpText(
    'after',
    `
Exit codes: 0 all is well, 1 problems were found, 2 wrong usage, a path that cannot be read, or a check that failed itself.

Examples:
  modeldriver check samples/retail
  modeldriver run samples/retail --model daily
  modeldriver run orders.features.ts --outputs profit_margin --out results --format parquet
  modeldriver graph samples/retail --format mermaid > lineage.mmd`,
  )

program
  .command('check')
  .description('find mistakes without running anything; of a folder, in every project in it and below it')
  .argument('[path]', pathHelp, '.')
  .addOption(new Option('--format <format>', 'how problems are printed').choices(checkFormats).default('text'))
  .option('--no-types', 'do not check whether values can do what bodies ask of them')
  .option(
    '--migration',
    'instead of problems, the features that are per row or per group otherwise than in the original system, with the marker to add',
    false,
  )
  .action(async (path, { migration, ...options }) => {
    code = migration ? checkMigration(path, options, terminal) : await check(path, options, terminal)
  })

program
  .command('run')
  .description('compute the models on their data; print the head of each result, or write the results')
  .argument('[path]', pathHelp, '.')
  .option('--model <name>', 'only this model and the models it reads')
  .option('--outputs <names>', 'only these features, and what they need (a,b)', names)
  .option(
    '--input <file>',
    'a data file in place of the one in modeldriver.json: of the first model that reads a file; with --model, in place of the input of that model',
  )
  .option('--out <dir>', 'write <model>.rows, .groups and .outputs here')
  .option('--tables <names>', 'with --out, write only these of rows, groups, outputs and rejected (a,b)', tableNames)
  .addOption(
    new Option('--format <format>', 'of the files that --out and --stages write (default: csv)').choices(tableFormats),
  )
  .option('--stages', 'also write 01_preprocess … 04_output and execution_metadata.json', false)
  .option('--json', 'print a report of the run as JSON', false)
  .option('--rows <count>', 'rows printed of each table', positive, 8)
  .option('--timeout <seconds>', 'stop a feature that takes longer', positive, 10)
  .option(
    '--max-rejected <percent>',
    'fail and write nothing when more of the rows of a file could not be read (0: any)',
    percent,
  )
  .option('--cache', 'compute only what changed; the other columns stay in .modeldriver/cache of the project', false)
  .action(async (path, options) => {
    code = await run(path, options, terminal)
  })

program
  .command('test')
  .description(
    'compute the expectations beside features (*.expect.json) and compare; of a folder those in it and below it',
  )
  .argument('[path]', 'a file of expectations, or a folder', '.')
  .option('--timeout <seconds>', 'stop a feature that takes longer', positive, 10)
  .action(async (path, options) => {
    code = await test(path, options, terminal)
  })

program
  .command('features')
  .description('list the features with level, reason, inputs and place')
  .argument('[path]', pathHelp, '.')
  .option('--json', 'as JSON', false)
  .action((path, options) => {
    code = features(path, options, terminal)
  })

program
  .command('plan')
  .description('show what a run would compute and need, in order, resolved backwards from the outputs')
  .argument('[path]', pathHelp, '.')
  .option('--model <name>', 'only this model and the models it reads')
  .option('--outputs <names>', 'only these features, and what they need (a,b)', names)
  .option('--json', 'as JSON', false)
  .action((path, options) => {
    code = plan(path, options, terminal)
  })

program
  .command('graph')
  .description('print the graph of columns and features')
  .argument('[path]', pathHelp, '.')
  .addOption(new Option('--format <format>', 'of the graph').choices(graphFormats).default('mermaid'))
  .action((path, options) => {
    code = graph(path, options, terminal)
  })

program
  .command('types')
  .description('write modeldriver.d.ts, with types for features that take ({ revenue, cost }: Row)')
  .argument('[path]', pathHelp, '.')
  .option('--check', 'write nothing; exit code 1 when the file is out of date', false)
  .action((path, options) => {
    code = declarations(path, options, terminal)
  })

program
  .command('init')
  .description('start a project: modeldriver.json and tsconfig.json, guessed from what is there; writes over nothing')
  .argument('[dir]', 'folder', '.')
  .action((folder) => {
    code = init(folder, terminal)
  })

/** Runs the command and sets the exit code. Commander prints what is wrong with the arguments itself. */
async function main(): Promise<void> {
  try {
    await program.parseAsync()
  } catch (error) {
    if (error instanceof CommanderError) code = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
    else {
      code = exitCodes.usage
      const isExpected =
        error instanceof UsageError ||
        error instanceof Unwritable ||
        (error as NodeJS.ErrnoException).code !== undefined
      const what = error instanceof Error ? error.message : String(error)
      terminal.note(`${isExpected ? '' : 'ModelDriver itself failed: '}${what}\n`)
    }
  }
  process.exitCode = code === exitCodes.ok && strays.size > 0 ? exitCodes.problems : code
  isDone = true
}

void main()
