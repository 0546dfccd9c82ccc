import { type AnalysedModel, type Analysis, dateReader, usualMarks } from '@modeldriver/engine'
import { t } from '@vscode/l10n'
import { headersOf, type Proposal } from './manifestNames.ts'

const days = [
  'yyyy-MM-dd',
  'dd.MM.yyyy',
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'dd-MM-yyyy',
  'yyyy/MM/dd',
  'yyyyMMdd',
  'd.M.yyyy',
  'd/M/yyyy',
  'M/d/yyyy',
  'dd.MM.yy',
  'dd/MM/yy',
  'MM/dd/yy',
]
const times = ['HH:mm', 'HH:mm:ss', 'HH:mm:ss.SSS']

/** An instant that shows which part is where. */
const example = {
  yyyy: '2024',
  yy: '24',
  MM: '03',
  M: '3',
  dd: '28',
  d: '28',
  HH: '17',
  mm: '05',
  ss: '09',
  SSS: '250',
}

/** Patterns for days or for days with a time. */
export const formats = (type: 'date' | 'datetime'): readonly Proposal[] =>
  (type === 'date' ? days : days.flatMap((day) => times.map((time) => `${day} ${time}`))).map(patternItem)

/** Patterns for a column: those that read what it holds, else all. */
export function columnFormats(analysis: Analysis, model: AnalysedModel | undefined, name: string): readonly Proposal[] {
  const samples = model && headersOf(analysis, model).find((column) => column.name === name)?.samples
  const all = [...formats('date'), ...formats('datetime')]
  const fitting = all.filter(({ label }) => {
    const read = dateReader(label)
    return samples?.every((sample) => !Number.isNaN(read(sample)))
  })
  return samples && samples.length > 0 && fitting.length > 0 ? fitting : all
}

/** Words that stand for a missing value: those in the data, or in one column of it, then the others that are usual. */
export function markItems(analysis: Analysis, model: AnalysedModel | undefined, name?: string): readonly Proposal[] {
  const headers = (model ? headersOf(analysis, model) : []).filter(
    (column) => name === undefined || column.name === name,
  )
  const seen = new Set(headers.flatMap(({ facts }) => facts?.marks ?? []))
  return [...new Set([...seen, ...usualMarks])].map((label) => ({
    label,
    kind: 'value',
    ...(seen.has(label) && { origin: t('in the data') }),
  }))
}

const patternItem = (label: string): Proposal => ({
  label,
  kind: 'value',
  origin: label.replace(/yyyy|yy|MM?|dd?|HH|mm|SSS|ss/g, (part) => example[part as keyof typeof example]),
})
