import type { AnalysedModel } from '../../ir/analysis.ts'
import type { Fix } from '../../ir/edit.ts'
import type { Feature, FeatureFile } from '../../ir/feature.ts'
import type { Helper, NameSite } from '../../ir/sites.ts'
import type { Span } from '../../ir/span.ts'
import { matchHeader } from '../../model/names.ts'
import { closest } from '../../model/suggest.ts'
import { downstreamOf } from '../../plan/graph.ts'
import { libraryNames } from '../../source/typescript/library.ts'
import { absolute, addInput, importName, replace, rewriteNames, subjectOf } from '../edits.ts'
import { atFeature, didYouMean, type Finding, type Rule } from '../rule.ts'
import { isReadable, readableNames, writableNames } from './known.ts'
import { otherWords } from './otherWords.ts'
import { isUnreadable } from './unreadable.ts'

/** MD024: a body reads a name that nobody gives it: a column or feature that is no parameter, or nothing at all. */
export const undeclaredInput: Rule = {
  code: 'MD024',
  name: 'undeclared-input',
  severity: 'error',
  doc: `A body uses a name that is neither a parameter nor declared or imported in the file. Columns and other features come in through
parameters only: that is how it is known what a feature needs.

\`\`\`ts
export function margin(revenue) {
  return revenue - cost // cost is a column, but not a parameter
}
\`\`\`

The name of another feature of the same file is no value either: it is that feature's function.

**What to do:** add the column or feature as a parameter. A helper gets what it needs from the feature that calls it. Functions
such as \`round\` are imported from 'modeldriver'.`,
  checkFeature({ snapshot }, analysed, feature) {
    const file = isClean(feature) ? undefined : snapshot.files.get(feature.path)
    return file ? inFeature(analysed, feature, file) : []
  },
  *check({ models, snapshot }) {
    for (const analysed of models) {
      for (const path of analysed.model.featureFiles) {
        const file = snapshot.files.get(path)
        for (const helper of file?.helpers ?? []) yield* inHelper(analysed, helper, file as FeatureFile)
      }
    }
  },
  *fixes(context, problem) {
    const text = context.text(problem.path) ?? ''
    const name = String(problem.data?.name)
    if (problem.data?.imports === true)
      yield {
        title: `Import '${name}' from 'modeldriver'`,
        edits: [importName(problem.path, name, text)],
        isPreferred: true,
      }
    const subject = subjectOf(context, problem)
    if (!subject) return
    const { feature, analysed } = subject
    const suggestions = Array.isArray(problem.data?.suggestions) ? problem.data.suggestions.map(String) : []
    yield* writeInstead(feature, name, text)
    for (const suggestion of suggestions)
      yield change(feature, name, suggestion, analysed, text, suggestions.length === 1)
    if (problem.data?.adds === true)
      yield {
        title: `Add '${name}' as parameter`,
        edits: [addInput(feature, name, text)],
        ...(suggestions.length === 0 && { isPreferred: true }),
      }
  },
}

function* inFeature(analysed: AnalysedModel, feature: Feature, file: FeatureFile): Iterable<Finding> {
  const { sites, span, name: own } = feature
  for (const [name, site] of firstOf(sites.free)) {
    const place = absolute(site.span, span.start)
    if (isMisspeltInput(analysed, feature, name)) continue
    if (isReadable(analysed, name)) yield notParameter(analysed, feature, name, place)
    else if (!site.known && !isUnreadable(file, span))
      yield otherLanguage(analysed, feature, site, place) ?? undeclared(analysed, feature, file, site, place)
  }
  for (const [name, site] of firstOf(sites.own.filter(({ isOperand }) => isOperand))) {
    const other = analysed.features.get(name)
    if (other?.path === feature.path && other.exportName === name && name !== own)
      yield notParameter(analysed, feature, name, absolute(site.span, span.start), '; here it is the function itself')
  }
}

/** It names nothing that it does not declare, but for what the language has. */
const isClean = ({ sites: { free, own } }: Feature): boolean =>
  free.every(({ known }) => known === 'language') && !own.some(({ isOperand }) => isOperand)

/** `f(csot) { return cost }`: the parameter is what is wrong, and MD001 says it. */
function isMisspeltInput({ unresolved }: AnalysedModel, { name: feature, sites }: Feature, name: string): boolean {
  const inputs = unresolved.get(feature)?.filter(({ local }) => !sites.reads.has(local)) ?? []
  return inputs.some((input) => closest(input.name, [name]).length > 0)
}

function* inHelper(analysed: AnalysedModel, helper: Helper, file: FeatureFile): Iterable<Finding> {
  const { path } = file
  const where = helper.isFunction ? `the function '${helper.name}'` : `'${helper.name}'`
  for (const [name, site] of firstOf(helper.sites.free)) {
    const at = { path, span: absolute(site.span, helper.span.start), model: analysed.model.name }
    if (isReadable(analysed, name)) {
      const todo = helper.isFunction
        ? `, but not a parameter of '${helper.name}', which is no feature. Add it there, and give it where '${helper.name}' is called.`
        : `, and only features read columns, so '${helper.name}' cannot use it. Move the calculation into a feature.`
      yield { ...at, message: `'${name}' is a ${kindOf(analysed, name)}${todo}` }
    } else if (!site.known && !isUnreadable(file, helper.span)) {
      const suggestions = closest(name, new Set(file.helpers.map((other) => other.name)))
      yield { ...at, ...unknownName(name, where, suggestions, 'Correct it, declare it, or import it.') }
    }
  }
}

/** The first place of each name: one repair is for all of them. */
function firstOf(sites: readonly NameSite[]): ReadonlyMap<string, NameSite> {
  if (sites.every(({ known }) => known === 'language')) return none
  const first = new Map<string, NameSite>()
  for (const site of sites) if (site.known !== 'language' && !first.has(site.name)) first.set(site.name, site)
  return first
}

const none: ReadonlyMap<string, NameSite> = new Map()

const kindOf = ({ features, columns }: AnalysedModel, name: string): string =>
  features.has(name) && !columns?.has(name) ? 'feature' : 'column'

function notParameter(analysed: AnalysedModel, feature: Feature, name: string, span: Span, more = ''): Finding {
  const kind = kindOf(analysed, name)
  const renamed = feature.inputs.find((input) => isSameName(analysed, input.name, name))
  const isBelow = kind === 'feature' && downstreamOf(analysed.graph, feature.name).has(name)
  const todo = renamed
    ? `'${name}' is called '${renamed.local}' in '${feature.name}'. Use that name.`
    : isBelow
      ? `'${name}' is a feature that itself needs '${feature.name}', so '${feature.name}' cannot read it.`
      : `'${name}' is a ${kind}, but not a parameter of '${feature.name}'${more}. Add it as a parameter.`
  return {
    ...atFeature(analysed, feature, span, todo),
    data: { name, suggestions: renamed ? [renamed.local] : [], adds: !renamed && !isBelow },
  }
}

/** `UnitPrice` beside a parameter `unit_price`: both would read the same column. */
function isSameName({ columns, aliases, features }: AnalysedModel, given: string, name: string): boolean {
  if (given === name) return true
  if (!columns || features.has(given) || features.has(name)) return false
  const headers = [...columns.keys()].filter((key) => !aliases.has(key))
  const [one, other] = [given, name].map((each) => matchHeader(each, headers))
  return one?.kind === 'one' && other?.kind === 'one' && one.header === other.header
}

/** `len(revenue)`, `None`: what it is called here. */
function otherLanguage(analysed: AnalysedModel, feature: Feature, site: NameSite, span: Span): Finding | undefined {
  const word = otherWords.get(site.name)
  if (!word || isNear(analysed, site.name)) return undefined
  const argument = argumentOf(feature, site)?.input
  const isColumn = analysed.levels.get(feature.name)?.level === 'group'
  const message = `'${site.name}' is not known here. ${word.say(argument, isColumn)}`
  return { ...atFeature(analysed, feature, span, message), data: { name: site.name } }
}

/** A column of nearly that name may be meant: `lent` is no Python. */
const isNear = (analysed: AnalysedModel, name: string): boolean =>
  name.length > 2 && readableNames(analysed).nearest(name).length > 0

/** The input that is all that a call is given: `revenue` of `len(revenue)`. */
function argumentOf({ sites }: Feature, { span, isCalled }: NameSite) {
  for (const [input, reads] of isCalled ? sites.reads : [])
    for (const read of reads) if (read.span.start === span.end + 1) return { input, end: read.span.end }
  return undefined
}

function* writeInstead(feature: Feature, name: string, text: string): Iterable<Fix> {
  const { path, span, sites } = feature
  const { write, writeCall } = otherWords.get(name) ?? {}
  const places = sites.free.filter((site) => site.name === name)
  if (write !== undefined)
    yield { title: `Change to '${write}'`, edits: rewriteNames(path, span.start, places, write), isPreferred: true }
  if (!writeCall) return
  const calls = places.map((site) => ({ site, argument: argumentOf(feature, site) }))
  const edits = calls.flatMap(({ site, argument }) =>
    argument && text[span.start + argument.end] === ')'
      ? [
          replace(
            path,
            absolute({ start: site.span.start, end: argument.end + 1 }, span.start),
            writeCall(argument.input),
          ),
        ]
      : [],
  )
  const [first] = calls
  if (edits.length === calls.length && first?.argument)
    yield { title: `Change to '${writeCall(first.argument.input)}'`, edits, isPreferred: true }
}

function undeclared(analysed: AnalysedModel, feature: Feature, file: FeatureFile, site: NameSite, span: Span): Finding {
  const locals = [...feature.inputs.map(({ local }) => local), ...file.helpers.map((helper) => helper.name)]
  const near = writableNames(analysed).nearest(site.name, locals)
  const below = near.length > 0 ? downstreamOf(analysed.graph, feature.name) : new Set<string>()
  const suggestions = near
    .filter((name) => locals.includes(name) || analysed.columns?.has(name) || !below.has(name))
    .slice(0, 3)
  const adds = analysed.columns === undefined && !site.isCalled
  const otherwise = adds
    ? 'If it is a column, add it as a parameter; else declare it or import it.'
    : 'No column or feature has that name: correct it, declare it, or import it.'
  const { message, data } = unknownName(site.name, `'${feature.name}'`, suggestions, otherwise)
  return { ...atFeature(analysed, feature, span, message), data: { ...data, adds } }
}

function unknownName(name: string, where: string, suggestions: readonly string[], otherwise: string) {
  const imports = libraryNames.has(name)
  const todo = imports ? " Import it from 'modeldriver'." : didYouMean(suggestions) || ` ${otherwise}`
  return {
    message: `'${name}' is not declared in ${where}.${todo}`,
    data: { name, suggestions: imports ? [] : suggestions, imports },
  }
}

function change(
  feature: Feature,
  name: string,
  to: string,
  analysed: AnalysedModel,
  text: string,
  isPreferred: boolean,
): Fix {
  const { path, span, sites, inputs } = feature
  const places = sites.free.filter((site) => site.name === name)
  const isNew =
    isReadable(analysed, to) && !inputs.some(({ local }) => local === to) && !sites.own.some((own) => own.name === to)
  return {
    title: `Change to '${to}'`,
    edits: [...(isNew ? [addInput(feature, to, text)] : []), ...rewriteNames(path, span.start, places, to)],
    ...(isPreferred && { isPreferred }),
  }
}
