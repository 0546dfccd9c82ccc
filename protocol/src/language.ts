import { t } from '@vscode/l10n'

/*
 * What the parts that speak to people have in common. `t` gives a text in the language of the editor, once its bundle was
 * handed to `config` of @vscode/l10n; until then, and in a process that never did it, English.
 */

/** The language of numbers: that of the words around them. */
export const locale = (): string => t('en-US')

/** A number that was written with a point, as the language writes it. */
export const localized = (written: string): string => written.replace('.', (1.5).toLocaleString(locale()).slice(1, 2))

/** What a type is called wherever people read it. */
export function typeName(type: string | undefined): string {
  if (type === undefined) return ''
  return typeNames.get(type)?.() ?? type
}

const typeNames: ReadonlyMap<string, () => string> = new Map([
  ['number', () => t('number')],
  ['integer', () => t('integer')],
  ['string', () => t('text')],
  ['boolean', () => t('true/false')],
  ['date', () => t('date')],
  ['datetime', () => t('date and time')],
])

const counted = (count: number): string => count.toLocaleString(locale())

export const rowsText = (count: number): string => (count === 1 ? t('1 row') : t('{0} rows', counted(count)))
export const groupsText = (count: number): string => (count === 1 ? t('1 group') : t('{0} groups', counted(count)))

/** How the engine says why a feature has its level. */
export const whyForms = [
  'one value per row',
  'reads only group features',
  'reads no columns',
  'looks at other rows: {0}',
  'returns {0}',
  'calls {0}',
  'uses {0}',
  'declared as {0}',
  '{0} parameter',
  'by name {0}',
  'table function {0}, {1}',
  'table function {0}',
]

/** Where a feature failed first; a group is named by its keys. */
export const placeForms = ['row {0}', 'all rows']

/** Why a feature has its level, in the language of the editor. */
export const whyText = (why: string): string => inLanguage(why, whyForms)

/** A text that was put together in English: by the first form that it has. */
export function inLanguage(text: string, forms: readonly string[]): string {
  for (const form of forms) {
    const values = valuesIn(form, text)
    if (values) return t(form, ...values)
  }
  return text
}

/** What stands in the text where the form has `{0}`, `{1}`; undefined when it has another form. */
export const valuesIn = (form: string, text: string): readonly string[] | undefined =>
  patternOf(form).exec(text)?.slice(1)

const patterns = new Map<string, RegExp>()

function patternOf(form: string): RegExp {
  const known = patterns.get(form)
  if (known) return known
  const parts = form.split(/\{\d\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${parts.join('(.*?)')}$`, 's')
  patterns.set(form, pattern)
  return pattern
}
