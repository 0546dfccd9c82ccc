import { describe, expect, it } from 'vitest'
import { analyseFixture } from '../testing/check.ts'
import { planModel, planPipeline } from './plan.ts'
import { planWithout } from './without.ts'

const sales = `
//- /sales.csv
pin,revenue,cost,qty,region
A,10,4,1,de
//- /sales.features.ts
// group_by: pin
export function share(revenue, total) { return revenue / total }
export function total(revenue) { return revenue.sum() } //#agg
export function margin(revenue, cost) { return revenue - cost }
export function mean_margin(margin) { return margin.mean() } //#agg
export function ratio(mean_margin, total) { return mean_margin / total }
export function max_share(share) { return share.max() } //#agg
export function broken(nothing_near) { return nothing_near }
export function behind(broken) { return broken }
export function taxed(revenue, vat = 0.19) { return revenue * vat }
export function unit(qty = 1) { return qty }
`

const plan = (outputs?: string[], text = sales) => {
  const model = analyseFixture(text).analysis.models[0]
  if (!model) throw new Error('no model')
  return planModel(model, outputs)
}

describe('planModel', () => {
  it('needs only the inputs of the selected outputs', () => {
    expect(plan(['margin']).value?.requiredInputs).toEqual(['pin', 'revenue', 'cost'])
    expect(plan(['total']).value?.requiredInputs).toEqual(['pin', 'revenue'])
    expect(plan(['ratio']).value?.steps.map((step) => step.feature)).toEqual([
      'total',
      'margin',
      'mean_margin',
      'ratio',
    ])
  })

  it('mixes row and group features in one order, in few stages', () => {
    const value = plan(['max_share', 'ratio']).value
    expect(value?.steps.map((step) => [step.feature, step.level, step.case])).toEqual([
      ['total', 'group', 3],
      ['share', 'row', 2],
      ['margin', 'row', 1],
      ['max_share', 'group', 3],
      ['mean_margin', 'group', 3],
      ['ratio', 'group', 4],
    ])
    expect(value?.stages.map((stage) => [stage.level, stage.features.length])).toEqual([
      ['group', 1],
      ['row', 2],
      ['group', 3],
    ])
  })

  it('plans around what cannot be computed and says why', () => {
    const value = plan().value
    expect(value?.steps.map((step) => step.feature)).not.toContain('behind')
    expect(value?.blocked).toEqual([
      {
        feature: 'broken',
        level: 'row',
        reason: "'nothing_near' is neither a column nor a feature of model 'sales'.",
        code: 'MD001',
      },
      {
        feature: 'behind',
        level: 'row',
        reason:
          "It needs 'broken', which cannot be computed: 'nothing_near' is neither a column nor a feature of model 'sales'.",
        cause: 'broken',
      },
    ])
  })

  it('knows absent and present optional inputs', () => {
    const value = plan(['taxed', 'unit']).value
    expect(value?.steps.flatMap((step) => step.inputs.map((input) => [input.name, input.source]))).toEqual([
      ['revenue', 'row'],
      ['vat', 'absent'],
      ['qty', 'row'],
    ])
    expect(value?.optionalInputs).toEqual(['qty'])
  })

  it('puts the keys first in the outputs', () => {
    expect(plan(['total']).value?.outputs.map((output) => output.name)).toEqual(['pin', 'total'])
  })

  it('refuses an output that does not exist', () => {
    expect(plan(['nope'])).toMatchObject({ value: undefined, problems: [{ code: 'MD016' }] })
  })

  it('computes features that make the key before grouping', () => {
    const value = plan(
      undefined,
      `
//- /s.csv
at,revenue
2025-01-01,1
//- /s.features.ts
// group_by: day
export function revenue_eur(revenue) { return revenue / 2 }
export function day(at) { return at.toISOString().slice(0, 10) }
export function total(revenue_eur) { return revenue_eur.sum() }`,
    ).value
    expect(value?.stages).toEqual([
      { level: 'row', beforeGrouping: true, features: ['day'] },
      { level: 'row', beforeGrouping: false, features: ['revenue_eur'] },
      { level: 'group', beforeGrouping: false, features: ['total'] },
    ])
  })
})

describe('planPipeline', () => {
  const pipeline = `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "data": "d.csv", "outputs": ["one"] },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.rows", "group_by": "k" },
  { "model_name": "c", "seq": 3, "features": ["c.features.ts"], "data": "d.csv" } ] }
//- /d.csv
k,x,Unit Price
1,1,1
//- /a.features.ts
export function one(x) { return x }
export function two(unit_price) { return unit_price }
export function three(x) { return x }
//- /b.features.ts
export function total(two) { return two.sum() }
//- /c.features.ts
export function other(x) { return x }`

  it('computes in each model what later models read, and no model that nothing needs', () => {
    const plans = planPipeline(analyseFixture(pipeline).analysis, 'b').value
    expect(plans.map((p) => [p.model, p.steps.map((step) => step.feature), p.requiredInputs, p.aliases])).toEqual([
      ['a', ['two'], ['k', 'unit_price'], [{ name: 'unit_price', column: 'Unit Price' }]],
      ['b', ['total'], ['k', 'two'], []],
    ])
  })
})

describe('planWithout', () => {
  const full = plan(['share', 'ratio', 'taxed']).value
  const without = (...names: string[]) => full && planWithout(full, new Map(names.map((name) => [name, 'It failed.'])))

  it('leaves out what needs the column, and says why', () => {
    expect(without('cost')?.steps.map((step) => step.feature)).toEqual(['total', 'share', 'taxed'])
    expect(without('cost')?.blocked.map(({ feature, cause, reason }) => [feature, cause, reason])).toEqual([
      ['margin', 'cost', "It needs 'cost': It failed."],
      ['mean_margin', 'cost', "It needs 'cost': It failed."],
      ['ratio', 'cost', "It needs 'cost': It failed."],
    ])
    expect(without('cost')?.requiredInputs).not.toContain('cost')
  })

  it('nothing is left without a key', () => expect(without('pin')).toBeUndefined())
})
