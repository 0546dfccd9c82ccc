import type { Feature, InputPlace, ValueType } from '@modeldriver/engine'

/** The annotation of a new parameter, with its colon; empty where none belongs. */
export type Annotate = (type: ValueType | undefined, level: 'row' | 'group') => string

/** New parameters are annotated as the others of the function are, else as most of the file's. */
export function annotationFor(place: InputPlace, own: Feature | undefined, features: readonly Feature[]): Annotate {
  if (place.form === 'destructured' || place.isContinued) return () => ''
  const others = own?.inputs.filter(({ span }) => span.start !== place.word.start) ?? []
  const models =
    others.length > 0 ? others : features.flatMap(({ form, inputs }) => (form === 'positional' ? inputs : []))
  const typed = models.filter(({ type }) => type !== undefined).length
  if (typed * 2 <= models.length) return () => ''
  const readsColumns = others.some(({ type }) => type !== undefined && wholeColumn.test(type))
  const isGroup = own?.directives.some(({ level }) => level === 'group') ?? false
  return (type, level) => {
    if (level === 'row' && readsColumns) return ': Column'
    if (level === 'row' && isGroup) return ''
    return type ? `: ${typeNames[type]}` : ''
  }
}

const wholeColumn = /^Column\b/

const typeNames: Readonly<Record<ValueType, string>> = {
  number: 'number',
  integer: 'number',
  string: 'string',
  boolean: 'boolean',
  date: 'Date',
  datetime: 'Date',
}
