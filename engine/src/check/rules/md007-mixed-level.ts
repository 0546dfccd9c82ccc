import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Feature } from '../../ir/feature.ts'
import type { RelatedPlace } from '../../ir/problem.ts'
import type { ColumnUse } from '../../ir/sites.ts'
import { absolute, addMarker, subjectOf } from '../edits.ts'
import { atFeature, type Finding, type Rule } from '../rule.ts'
import { extractAggregates } from './extraction.ts'
import { type Mixing, mixingOf } from './mixing.ts'

/** MD007: one expression with values of a row and an aggregate of many rows. It is computed, but readers have to find out how. */
export const mixedLevel: Rule = {
  code: 'MD007',
  name: 'mixed-level',
  severity: 'warning',
  doc: `A row feature takes an aggregate of its group in the middle of its calculation. It is calculated as one expects (the aggregate once
per group, the rest per row), but the two levels are hard to tell apart for who reads it, and the aggregate has no name and no column.

\`\`\`ts
export function centered(revenue) {
  return revenue - revenue.mean()
}
\`\`\`

**What to do:** give the aggregate a feature of its own and read that; the result is the same. To keep it as it is, mark the feature
\`//#row\`.

\`\`\`ts
export function mean_revenue(revenue) { //#agg
  return revenue.mean()
}
export function centered(revenue, mean_revenue) {
  return revenue - mean_revenue
}
\`\`\``,
  checkFeature(_, analysed, feature) {
    // Without a key there is no group, which MD004 says.
    if (!analysed.model.groupBy || isSaid(analysed, feature)) return []
    const mixing = mixingOf(analysed, feature)
    return mixing ? [finding(analysed, feature, mixing)] : []
  },
  *fixes(context, problem) {
    const subject = subjectOf(context, problem)
    const mixing = subject && mixingOf(subject.analysed, subject.feature)
    if (!subject || !mixing) return
    const { analysed, feature } = subject
    const text = context.text(problem.path) ?? ''
    const extraction = extractAggregates(analysed, feature, mixing, text)
    if (extraction) yield { ...extraction, isPreferred: true }
    // In a function that is marked #row the length of an input is that of a text.
    if (mixing.uses.every(({ gives }) => gives !== 'length'))
      yield { title: 'Mark as #row', edits: [addMarker(feature, 'row', text)] }
  },
}

/** The author says that the feature is one value per row. */
const isSaid = ({ levels }: AnalysedModel, { name }: Feature): boolean => {
  const rule = levels.get(name)?.rule
  return rule === 'directive' || rule === 'manifest'
}

function finding(analysed: AnalysedModel, feature: Feature, { uses, aggregates, rowSpan }: Mixing): Finding {
  const start = feature.span.start
  const [first, ...others] = uses
  const texts = uses.length > 0 ? [...new Set(uses.map(({ text }) => text))] : aggregates
  const per = perGroup(analysed)
  const message = `'${feature.name}' mixes a per-row value with an aggregate. It is calculated per row, and ${andList(texts)} once ${per}. Give the aggregate a feature of its own, or mark this one //#row.`
  const place = (span: ColumnUse['span'], said: string): RelatedPlace => ({
    path: feature.path,
    span: absolute(span, start),
    message: said,
  })
  return {
    ...atFeature(analysed, feature, first ? absolute(first.span, start) : feature.nameSpan, message),
    related: [
      ...(rowSpan ? [place(rowSpan, 'one value per row')] : []),
      ...others.map(({ span }) => place(span, `one value ${per}`)),
    ],
  }
}

function perGroup({ model: { groupBy = [] } }: AnalysedModel): string {
  return groupBy.length === 0 ? 'for the whole table' : `per ${groupBy.map(({ name }) => name).join(' and ')}`
}

const longest = 40

function andList(texts: readonly string[]): string {
  const shown = texts.map((text) => `'${text.length > longest ? `${text.slice(0, longest - 1)}…` : text}'`)
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
