import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { placeForms, valuesIn, whyForms } from '../protocol/src/language.ts'
import { reasonForms } from '../server/src/ide/reasons.ts'
import { titleForms } from '../server/src/ide/titles.ts'
import { countedWithoutOne, formsIn, isCounted, textsIn, textsOf } from './support/texts.ts'

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
const words = (name: string) => JSON.parse(read(name)) as Readonly<Record<string, string>>

const english = words('package.nls.json')
const spanish = words('package.nls.es.json')
const used = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] as string)

test('every text that package.json names is there in English and in Spanish, and no other', () => {
  expect(Object.keys(english).sort()).toEqual([...new Set(used)].sort())
  expect(Object.keys(spanish).sort()).toEqual(Object.keys(english).sort())
  expect(Object.keys(english).filter((key) => spanish[key] === english[key])).toEqual([])
})

test('a translation has the links of its original', () => {
  const links = (text = '') => [...text.matchAll(/\(command:[^)]+\)/g)].map(String)
  for (const key of Object.keys(english)) expect(links(spanish[key]), key).toEqual(links(english[key]))
})

test('package.json shows no text that is not translated', () => {
  const { contributes } = JSON.parse(read('package.json')) as {
    contributes: {
      commands: { title: string }[]
      configuration: { properties: Record<string, { markdownDescription: string }> }
    }
  }
  const shown = [
    ...contributes.commands.map(({ title }) => title),
    ...Object.values(contributes.configuration.properties).map((property) => property.markdownDescription),
  ]
  expect(shown.filter((text) => !/^%.+%$/.test(text))).toEqual([])
})

const bundle = words('l10n/bundle.l10n.es.json')
const { translated, unclear, plain } = textsIn(['client', 'protocol/src', 'server/src'])
const lines = (texts: typeof plain) => texts.map(({ text, at }) => `${at} ${JSON.stringify(text)}`)

test('l10n/bundle.l10n.es.json has every text that the code asks for with t(), and no other', () => {
  expect(lines(unclear).filter((line) => !line.includes('t(form, ...values)'))).toEqual([])
  const asked = new Set([
    ...translated.map(({ text }) => text),
    ...whyForms,
    ...placeForms,
    ...titleForms,
    ...reasonForms,
  ])
  expect([...asked].filter((text) => !(text in bundle))).toEqual([])
  expect(Object.keys(bundle).filter((text) => !asked.has(text))).toEqual([])
  const same = Object.keys(bundle).filter((text) => bundle[text] === text)
  expect(same).toEqual(['pipeline', '1 error', '{0}k', "'{0}' {1}."])
})

test('what is counted has words for one', () => {
  const many = Object.keys(bundle).filter(isCounted)
  expect(many.length).toBeGreaterThan(15)
  const one = (text: string) => text.replace(/^\{0\} ((?:more )?\w+)s\b( \w+)?.*$/, '1 $1$2')
  expect(many.filter((text) => !Object.keys(bundle).some((each) => each.startsWith(one(text))))).toEqual([])
  expect(countedWithoutOne(['client', 'protocol/src', 'server/src'])).toEqual([])
})

const filled = (form: string): string => form.replaceAll(/\{\d\}/g, "'a' of b")
const isKnown = (forms: readonly string[], text: string): boolean =>
  forms.some((form) => valuesIn(form, filled(text)) !== undefined)

test('titles in the light bulb have forms that are known', () => {
  const titles = formsIn(['engine/src/check', 'engine/src/source', 'server/src/ide'], 'title')
  expect(titles.length).toBeGreaterThan(40)
  expect(titles.filter((title) => !isKnown(titleForms, title))).toEqual([])
})

test('so have the reasons of levels', () => {
  const phrases = formsIn(['engine/src/source/levels.ts']).filter((text) => /^\p{Ll}+ |\} \p{Ll}{2,}/u.test(text))
  expect(phrases.length).toBeGreaterThan(8)
  expect(phrases.filter((phrase) => !isKnown(whyForms, phrase))).toEqual([])
})

test('so have the reasons why a table function cannot become features', () => {
  const phrases = formsIn(['engine/src/registry', 'engine/src/source/typescript'], 'NotSimple')
  expect(phrases.length).toBeGreaterThan(25)
  const details = formsIn(['engine/src/source/typescript/table*.ts']).filter((text) => /^(which|whose) /.test(text))
  expect(details.length).toBeGreaterThan(10)
  expect([...phrases, ...details].filter((phrase) => !isKnown(reasonForms.slice(3), phrase))).toEqual([])
})

test('no form is hidden by one before it', () => {
  for (const forms of [whyForms, titleForms, reasonForms])
    for (const form of forms) expect(forms.find((each) => valuesIn(each, filled(form)))).toBe(form)
})

test('a translation has the places for values of its original, and its names of settings and files', () => {
  const kept = (text = '') => [...text.matchAll(/\{\d\}|\bmodeldriver(?:\.\w+)+|\*\*|"\w+"/g)].map(String).sort()
  for (const text of Object.keys(bundle)) expect(kept(bundle[text]), text).toEqual(kept(text))
})

/** Said to others than the person at the editor, or a name of VS Code's. */
const notShown: readonly RegExp[] = [
  /^client\/host\/tools\/tools.ts/, // a language model is answered in English
  /^client\/host\/commands\/copyDiagnostics.ts:\d+ "not running"/, // a bug report is English
  /^client\/host\/runner\/problems.ts:\d+ "modeldriver run"/, // the source of problems
  /^client\/host\/models\/tree.ts:\d+ "(None|Expanded|Collapsed)"/,
  /^protocol\/src\/language.ts|^server\/src\/ide\/(titles|reasons).ts/, // forms, which are asked of t as they are
  /^server\/src\/ide\/(refactorings\/|typescript-repairs)/, // titles, which go through titleText
  /^server\/src\/ide.* "(output name|column source|join column|joined file|columns key|kinds key)"/, // roles of names
  /^server\/src\/ide.* "(Column|Group|Row|Date)"/, // types in the author's code
  /^server\/src\/(lsp\/(failures|folders|offers|workspace|handlers\/code-action)|typecheck\/)/, // the log
  /^client\/host\/panels\/html.ts:\d+ "(img|worker)-src/, // the policy of a page
  /^client\/webview\/graph\/exports.ts/, // pictures and texts for other programs
  /^client\/webview\/graph\/walk.ts:\d+ "(Home|End)"/, // keys
  /^client\/webview\/results\/messages.ts:\d+ "\[object Float64Array\]"/,
]

test('what a person reads goes through t()', () => {
  expect(lines(plain).filter((line) => !notShown.some((pattern) => pattern.test(line)))).toEqual([])
})

test.each([
  ["say(() => window.showErrorMessage('failed'))", 'failed'],
  ["const go = () => pick({ placeHolder: 'where' })", 'where'],
  ["const title = 'Export'", 'Export'],
  [`const said = \`\${count} rows left over\``, ' rows left over'],
  ["const page = () => <p title={isOld ? 'stale' : undefined}>{x}</p>", 'stale'],
  ['const page = () => <p>rows</p>', 'rows'],
])('%s is found', (code, text) => {
  expect(textsOf('a.tsx', code).plain.map((each) => each.text)).toEqual([text])
})

test('texts that are asked for when a module is loaded, or are put together, are found', () => {
  expect(textsOf('a.ts', "const title = t('Early')").unclear).toHaveLength(1)
  expect(textsOf('a.ts', `const title = () => t(\`Feature \${name}\`)`).unclear).toHaveLength(1)
  expect(textsOf('a.ts', "const title = () => t('Feature {0}', name)").translated).toHaveLength(1)
})
