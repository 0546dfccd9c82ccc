import type { Expression } from '../ir/expression.ts'
import type { Feature } from '../ir/feature.ts'
import type { Level } from '../ir/level.ts'
import type { Plan, Step, StepInput } from '../ir/plan.ts'
import type { Value } from '../ir/values.ts'
import { columnOf } from '../table/build.ts'
import { cell, makeTable } from '../table/columns.ts'
import type { Table } from '../table/table.ts'
import { executeModel } from './execute.ts'
import type { ComputeHost, FeatureFunction } from './host.ts'
import type { ModelResult } from './report.ts'

/** One feature of a test model. Its inputs are `'a'`, `'a?'` (accepts missing, `'a?nan'` as NaN), `'a='` (absent from the data and optional). */
export interface TestFeature {
  readonly level: Level
  readonly inputs: readonly string[]
  readonly call: FeatureFunction
  readonly expression?: Expression
  readonly form?: 'positional' | 'destructured'
  readonly hasOwnNull?: true
}

export interface TestModel {
  readonly columns: Readonly<Record<string, readonly unknown[]>>
  readonly groupBy?: readonly string[]
  readonly features: Readonly<Record<string, TestFeature>>
  readonly outputs?: Plan['outputs']
  readonly aliases?: Plan['aliases']
  readonly blocked?: Plan['blocked']
  readonly host?: Partial<ComputeHost>
}

/** Computes a model given as plain values, features in the order of their definition. */
export function runTestModel(model: TestModel): ModelResult {
  const table = makeTable(Object.entries(model.columns).map(([name, values]) => [name, columnOf(values)] as const))
  const features = new Map(Object.entries(model.features).map(([name, own]) => [name, featureOf(name, own)]))
  let clock = 0
  return executeModel(planOf(model), features, table, {
    functionOf: (name) => (model.features[name] as TestFeature).call,
    now: () => clock++,
    ...model.host,
  })
}

/** A table as lists of plain values. */
export function plain(table: Table | undefined): Record<string, readonly Value[]> {
  return Object.fromEntries(
    [...(table?.columns ?? [])].map(([name, column]) => [
      name,
      Array.from({ length: table?.length ?? 0 }, (_, row) => cell(column, row)),
    ]),
  )
}

function planOf({ features, groupBy, outputs, aliases = [], blocked = [] }: TestModel): Plan {
  const steps = Object.entries(features).map(([name, own]): Step => {
    const inputs = own.inputs.map((text): StepInput => {
      const input = nameOf(text)
      const source = text.endsWith('=') ? 'absent' : (features[input]?.level ?? 'row')
      return { name: input, source, acceptsMissing: text.includes('?') }
    })
    const readsGroups = inputs.some((input) => input.source === 'group')
    const readsRows = inputs.some((input) => input.source === 'row')
    return {
      feature: name,
      path: '/test.features.ts',
      exportName: name,
      form: own.form ?? 'positional',
      level: own.level,
      case: own.level === 'constant' ? 0 : own.level === 'row' ? (readsGroups ? 2 : 1) : readsRows ? 3 : 4,
      inputs,
    }
  })
  return {
    model: 'test',
    ...(groupBy && { groupBy }),
    requiredInputs: [],
    optionalInputs: [],
    steps,
    stages: [],
    aliases,
    blocked,
    outputs: outputs ?? Object.entries(features).map(([name, { level }]) => ({ name, as: name, level })),
  }
}

function featureOf(name: string, own: TestFeature): Feature {
  const span = { start: 0, end: 0 }
  return {
    name,
    exportName: name,
    path: '/test.features.ts',
    inputs: own.inputs.map((text) => ({
      name: nameOf(text),
      local: nameOf(text),
      optional: text.endsWith('='),
      acceptsMissing: text.includes('?'),
      ...(text.endsWith('?nan') && { missingAs: 'nan' }),
      ...(text.endsWith('?null') && { missingAs: 'null' }),
      span,
      whole: span,
    })),
    form: own.form ?? 'positional',
    body: own.expression ? { kind: 'expression', expression: own.expression } : { kind: 'opaque', reason: 'a test' },
    directives: [],
    fingerprint: name,
    ...(own.hasOwnNull && { hasOwnNull: true }),
    nameSpan: span,
    span,
    inputsSpan: span,
    bodySpan: span,
    sites: { reads: new Map(), free: [], own: [], columnUses: [], calculationUses: [], effects: [] },
  }
}

function nameOf(text: string): string {
  return text.replace(/[?=].*$/, '')
}
