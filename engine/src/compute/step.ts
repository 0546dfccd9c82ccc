import { WrongType } from '../functions/wrongType.ts'
import { children } from '../ir/children.ts'
import type { Aggregate, Expression } from '../ir/expression.ts'
import type { Feature, Input, TableFunction } from '../ir/feature.ts'
import { superfluousText } from '../ir/given.ts'
import type { Step, StepInput } from '../ir/plan.ts'
import { cellObject, takeCells } from '../table/columns.ts'
import type { ColumnData } from '../table/table.ts'
import { Column } from './column.ts'
import { distinctCells } from './distinct.ts'
import { type FailureContext, giveOthers } from './failure.ts'
import { callFrame, tableFor } from './frames.ts'
import type { GroupIndex } from './groups.ts'
import type { ComputeHost } from './host.ts'
import { type Argument, type Kernel, LoopFailure, runKernel } from './kernel.ts'
import type { StepResult } from './memory.ts'
import { compile, type GroupPart, type MixedFeature, mixedFeature } from './mixed.ts'
import { NotPrintable } from './print.ts'
import type { Item } from './store.ts'
import { settled, streamAggregate } from './streaming.ts'
import { rollingOf, rollWindow, streamWindow } from './streamingWindows.ts'
import { textTaken, whyText } from './textNumbers.ts'
import {
  inputsFor,
  type RowWindow,
  rowWindowColumn,
  type WindowedFeature,
  windowColumn,
  windowedFeature,
} from './windows.ts'
import type { Workspace } from './workspace.ts'

/** A step that could not be computed, with what is needed to tell the author. */
export class StepFailure extends Error {
  readonly reason: unknown
  readonly context: FailureContext
  constructor(reason: unknown, context: FailureContext) {
    super('The step failed.')
    this.reason = reason
    this.context = context
  }
}

/** Computes one feature; its inputs are there. Throws `StepFailure`, or an `Error` that says what the model lacks. */
export function computeStep(
  step: Step,
  feature: Feature | undefined,
  workspace: Workspace,
  host: ComputeHost,
): StepResult {
  if (feature?.frame) return { column: frameColumn(step, feature.frame, workspace, host), how: 'calls' }
  for (const use of feature?.sites.columnUses ?? []) {
    const superfluous = superfluousText(use)
    if (superfluous !== undefined) throw new Error(superfluous)
  }
  const expression = feature?.body.kind === 'expression' ? feature.body.expression : undefined
  if (feature) refuseText(feature, step, workspace, host)
  const windowed = feature && windowedFeature(feature, step)
  if (windowed) return { column: computeWindowed(step, feature, windowed, workspace, host), how: 'calls' }
  const mixed = step.level === 'row' && feature ? printable(() => mixedFeature(feature), 'its aggregate') : undefined
  if (mixed) return { column: computeMixed(step, feature, mixed, workspace, host), how: 'calls' }
  const aggregate = feature && step.level === 'group' ? computeAggregates(step, feature, workspace, host) : undefined
  if (aggregate) return { column: aggregate, how: 'aggregate' }
  const values = step.inputs.map((input) => argumentOf(input, feature, step, workspace))
  const names = step.inputs.map((input) => input.name)
  const distinct = expression && distinctCells(values)
  const run = (): ColumnData => {
    const kernel = {
      feature: step.feature,
      call: host.functionOf(step.feature),
      buffers: host.buffers,
      ...(step.form === 'destructured' && { names }),
    }
    return distinct
      ? takeCells(runKernel({ ...kernel, arguments: distinct.values, length: distinct.count }), distinct.codes)
      : runKernel({ ...kernel, arguments: values, length: lengthOf(step, workspace) })
  }
  const context = { step, names, arguments: distinct?.values ?? values, itemOf: distinct?.rowOf ?? ((i: number) => i) }
  return { column: attempt(run, context, workspace, host), how: 'calls' }
}

function refuseText(feature: Feature, { inputs, level }: Step, workspace: Workspace, { helperOf }: ComputeHost): void {
  const sourceOf = (name: string) => inputs.find((input) => input.name === name)?.source
  const columnOf = (name: string): ColumnData | undefined => {
    const source = sourceOf(name)
    return source === 'row' ? workspace.row(name) : source === 'group' ? workspace.group(name) : undefined
  }
  const isWhole = (name: string) => level === 'group' && sourceOf(name) === 'row'
  const found = textTaken(feature, { columnOf, isWhole }, helperOf)
  if (!found) return
  const text = found.input
  if (found.as === 'Date') {
    const origin = workspace.originOf(text)
    const todo =
      origin === 'manifest'
        ? 'Give the table dates, or say in the manifest how they are written ("columns").'
        : giveOthers(text, 'Date', origin)
    throw new WrongType(`'${text}' is text, and it is compared with a date.`, todo, 'Date', { input: text })
  }
  const why = whyText(columnOf(text), sourceOf(text) === 'group' ? 'group' : 'row')
  const taken = `'${text}' is text, and it is taken for a number.`
  const origin = workspace.originOf(text)
  const header = origin === 'manifest' ? workspace.header(text) : undefined
  const entry = header === undefined ? '' : `"columns": { ${JSON.stringify(header)}: ${why?.entry ?? '"number"'} }`
  if (why?.isBesides && entry !== '')
    throw new WrongType(
      taken + why.text,
      `If that is no value, give the model ${entry} in the manifest: ${why.isMissing ? '' : 'it is set aside then, and '}the others are numbers.`,
      'number',
      { input: text },
      true,
    )
  const ways = entry === '' ? '"formats"' : `"formats", or ${entry}`
  const todo =
    origin === 'manifest'
      ? `Give the table numbers, or say in the manifest how they are written (${ways}).`
      : giveOthers(text, 'number', origin)
  const [said, advice] = why?.isWritten ? [taken, `${why.text} ${todo}`] : [taken + (why?.text ?? ''), todo]
  throw new WrongType(said, advice.trim(), 'number', { input: text })
}

/** A table function is called for the first of its columns, and makes all of them. */
function frameColumn(step: Step, frame: TableFunction, workspace: Workspace, host: ComputeHost): ColumnData {
  let made = workspace.frames.get(frame.name)
  if (!made) {
    const given = tableFor(step, workspace)
    const run = () => callFrame(frame, host.functionOf(step.feature), given, step, workspace)
    made = attempt(run, { step, frame: frame.name, names: [], arguments: [], itemOf: (i) => i }, workspace, host)
    workspace.frames.set(frame.name, made)
  }
  return made.get(step.feature) as ColumnData
}

function attempt<T>(run: () => T, given: Omit<FailureContext, 'originOf'>, workspace: Workspace, host: ComputeHost): T {
  const { step } = given
  const context = { ...given, originOf: (input: string) => workspace.originOf(input) }
  try {
    return host.guard ? host.guard(step.feature, run) : run()
  } catch (error) {
    throw new StepFailure(error, step.level === 'group' ? { ...context, keys: workspace.keyColumns() } : context)
  }
}

/** `revenue.sum()`, `cost.corr(revenue)` or `revenue.filter(valid).sum()`, and nothing else: a loop over the rows that calls nobody. */
function streamed(
  { feature, inputs }: Step,
  { name, of, args }: Aggregate,
  workspace: Workspace,
  host: ComputeHost,
): ColumnData | undefined {
  const masked = of.kind === 'vector' && of.name === 'filter' && of.item === undefined ? of : undefined
  const [column, ...others] = [masked?.of ?? of, ...(masked?.args ?? []), ...args].map((each) => {
    const isPerRow = each.kind === 'input' && inputs.some((input) => input.name === each.name && input.source === 'row')
    return isPerRow ? workspace.row(each.name) : undefined
  })
  if (!column || others.length > 1 || others.includes(undefined)) return undefined
  const aggregated = { column, [masked ? 'mask' : 'other']: others[0] }
  const run = () => streamAggregate(name, aggregated, groupsOf(workspace), host.buffers)
  return host.guard ? host.guard(feature, run) : run()
}

/**
 * `cost.sum() / revenue.sum()`: each aggregate in a loop over the rows, then what is left per group. Undefined where the author's function
 * must be called: it reads rows otherwise, calls functions by names that may mean others around a function given in code, or fails, and
 * then its own call tells why.
 */
function computeAggregates(
  step: Step,
  feature: Feature,
  workspace: Workspace,
  host: ComputeHost,
): ColumnData | undefined {
  const { body } = feature
  if (body.kind === 'expression' && body.expression.kind === 'aggregate') {
    const column = streamed(step, body.expression, workspace, host)
    return column && settled(column)
  }
  const mixed = feature.hasOwnNull && callsFunctions(body) ? undefined : ifPrintable(() => mixedFeature(feature))
  const own = step.inputs.filter(({ source }) => source !== 'row')
  if (!mixed || mixed.inputs.length !== own.length + mixed.parts.length) return undefined
  const values = own.map((input) => argumentOf(input, feature, step, workspace))
  for (const { expression } of mixed.parts) {
    const column = streamed(step, expression, workspace, host)
    if (!column) return undefined
    values.push({ kind: 'cells', column, missing: 'found' })
  }
  const kernel: Kernel = {
    feature: step.feature,
    call: mixed.call,
    arguments: values,
    length: 0,
    buffers: host.buffers,
  }
  const run = () => runKernel({ ...kernel, length: groupsOf(workspace).count })
  try {
    return host.guard ? host.guard(step.feature, run) : run()
  } catch (error) {
    if (error instanceof LoopFailure) return undefined
    throw error
  }
}

function callsFunctions(body: Feature['body']): boolean {
  const calls = (node: Expression): boolean => node.kind === 'call' || children(node).some(calls)
  return body.kind === 'expression' && calls(body.expression)
}

/** `total / total.lag(1) - 1`: the windows once for all groups or rows, then what is left per group or row. */
function computeWindowed(
  step: Step,
  feature: Feature,
  { parts, expression }: WindowedFeature,
  workspace: Workspace,
  host: ComputeHost,
): ColumnData {
  const compute = (level: Step['level'], of: Expression): ColumnData => {
    const inputs = inputsFor(of, step, parts)
    const written = (input: StepInput) => feature.inputs.find(({ name }) => name === input.name) ?? plainInput(input)
    const own: Feature = { ...feature, inputs: inputs.map(written), body: { kind: 'expression', expression: of } }
    const names = inputs.map(({ name }) => name)
    const compiled = () => compile(of, names, `${feature.name}_${level}`, feature.hasOwnNull)
    const call = printable(compiled, 'its look at other groups')
    const part: Step = { ...step, level, form: 'positional', inputs }
    return computeStep(part, own, workspace, { ...host, functionOf: () => call }).column
  }
  const held = new Map<string, ColumnData>()
  return workspace.holding(held, () => {
    for (const part of parts) {
      const column =
        part.level === 'row'
          ? computeRowWindow(step, feature, part, inputsFor(part.expression, step, parts), workspace, host)
          : windowColumn(part, compute('group', part.of), workspace.sequence(groupsOf(workspace)))
      held.set(part.name, column)
    }
    const whole = expression.kind === 'input' ? held.get(expression.name) : undefined
    return whole ?? compute(step.level, expression)
  })
}

/** `revenue.cumsum()`, once for the rows of each group. */
function computeRowWindow(
  step: Step,
  { hasOwnNull }: Feature,
  { expression }: RowWindow,
  inputs: readonly StepInput[],
  workspace: Workspace,
  host: ComputeHost,
): ColumnData {
  const groups = workspace.parts()
  if (!groups) throw new Error('it looks at the rows of its group, and a key of the model is not there')
  const context = { step, names: [], arguments: [], itemOf: (i: number) => i }
  const rowOf = (name: string) => workspace.row(name) as ColumnData
  const streamed = streamWindow(expression, rowOf, groups)
  if (streamed) return streamed
  const order = workspace.order(groups)
  const rolling = rollingOf(expression)
  if (rolling) {
    const run = () => rollWindow(rolling, workspace.inOrder(rowOf(rolling.input), groups), order)
    return attempt(run, context, workspace, host)
  }
  const names = inputs.map(({ name }) => name)
  const compiled = () => compile(expression, names, `${step.feature}_rows`, hasOwnNull)
  const call = printable(compiled, 'its look at other rows')
  const { offsets } = order
  const values = inputs.map(({ name, source }) => {
    if (source === 'row') {
      const store = workspace.inOrder(rowOf(name), groups)
      return (group: number) => {
        const start = offsets[group] as number
        return new Column(store, start, (offsets[group + 1] as number) - start)
      }
    }
    const column = source === 'group' ? workspace.group(name) : workspace.constant(name)
    return (group: number) => (column && cellObject(column, source === 'group' ? group : 0)) ?? undefined
  })
  const ofGroup = (group: number) => call(...values.map((value) => value(group))) as Column<Item>
  return attempt(() => rowWindowColumn(ofGroup, order), { ...context, names }, workspace, host)
}

const nowhere = { start: 0, end: 0 }
const plainInput = ({ name, acceptsMissing }: StepInput): Input => ({
  name,
  local: name,
  optional: false,
  acceptsMissing,
  span: nowhere,
  whole: nowhere,
})

/** What cannot be made into code is told to the author. */
function printable<T>(make: () => T, what: string): T {
  const made = ifPrintable(() => [make()] as const)
  if (made) return made[0]
  throw new Error(`${what} cannot be taken out of the expression; move it into a feature marked //#agg`)
}

function ifPrintable<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch (error) {
    if (error instanceof NotPrintable) return undefined
    throw error
  }
}

/** `revenue - revenue.mean()`: the aggregates once per group, then the expression per row. */
function computeMixed(
  step: Step,
  feature: Feature | undefined,
  mixed: MixedFeature,
  workspace: Workspace,
  host: ComputeHost,
): ColumnData {
  const groups = groupsOf(workspace)
  const groupStep: Step = { ...step, level: 'group' }
  const sourceOf = new Map(step.inputs.map((input) => [input.name, input]))
  const own = step.inputs.filter(({ name }) => mixed.inputs.includes(name))
  const values = own.map((input) => argumentOf(input, feature, step, workspace))
  const computed = (part: GroupPart): ColumnData => {
    const inputs = part.inputs.flatMap((name) => sourceOf.get(name) ?? [])
    const aggregate = streamed(step, part.expression, workspace, host)
    if (aggregate) return settled(aggregate)
    const columns = inputs.map((input) => argumentOf(input, feature, groupStep, workspace))
    const run = (): ColumnData =>
      runKernel({
        feature: step.feature,
        call: part.call,
        arguments: columns,
        length: groups.count,
        buffers: host.buffers,
      })
    const context = { step: groupStep, arguments: columns, names: part.inputs, itemOf: (i: number) => i }
    return attempt(run, context, workspace, host)
  }
  for (const part of mixed.parts) {
    const column = computed(part)
    values.push({ kind: 'cells', column, groups, ...(part.acceptsMissing && { missing: 'found' }) })
  }
  const run = (): ColumnData =>
    runKernel({
      feature: step.feature,
      call: mixed.call,
      arguments: values,
      length: workspace.rows,
      buffers: host.buffers,
    })
  const names = own.map((input) => input.name)
  return attempt(run, { step, arguments: values, names, itemOf: (i) => i }, workspace, host)
}

function lengthOf(step: Step, workspace: Workspace): number {
  if (step.level === 'constant') return 1
  return step.level === 'row' ? workspace.rows : groupsOf(workspace).count
}

function groupsOf(workspace: Workspace): GroupIndex {
  const groups = workspace.groups()
  if (!groups) throw new Error('it takes an aggregate of its group, and the model has no group_by')
  return groups
}

function argumentOf(
  { name, source, acceptsMissing }: StepInput,
  feature: Feature | undefined,
  step: Step,
  workspace: Workspace,
): Argument {
  if (source === 'absent') return { kind: 'fixed', value: undefined }
  const nothing = missingAs(name, feature)
  const missing = acceptsMissing ? { missing: { value: nothing } } : {}
  if (source === 'constant') return fixed(workspace.constant(name) as ColumnData, acceptsMissing, nothing)
  if (source === 'row') {
    const column = workspace.row(name) as ColumnData
    if (step.level !== 'group') return { kind: 'cells', column, ...missing }
    const groups = groupsOf(workspace)
    const neighbours = workspace.neighbours(groups)
    const { offsets } = workspace.order(groups)
    return { kind: 'view', store: workspace.inOrder(column, groups), offsets, ...(neighbours && { neighbours }) }
  }
  const column = workspace.group(name) as ColumnData
  return step.level === 'group'
    ? { kind: 'cells', column, ...missing }
    : { kind: 'cells', column, groups: groupsOf(workspace), ...missing }
}

function missingAs(name: string, feature: Feature | undefined): undefined | null | number {
  const asked = feature?.inputs.find((input) => input.name === name)?.missingAs
  if (asked === 'nan') return Number.NaN
  return asked === 'null' && feature?.hasOwnNull ? null : undefined
}

/** A constant's value; a strict input that is missing skips every item. */
function fixed(constant: ColumnData, acceptsMissing: boolean, nothing: undefined | null | number): Argument {
  const value = cellObject(constant, 0)
  if (value !== null) return { kind: 'fixed', value }
  return acceptsMissing ? { kind: 'fixed', value: nothing } : { kind: 'skip' }
}
