import {
  type AnalysedModel,
  type Analysis,
  declarationFile,
  declarationFileName,
  dirname,
  type Feature,
  type Fix,
  type FixFiles,
  insert,
  isManifest,
  parameterType,
  replace,
  type Span,
  type TextEdit,
  tsconfig,
} from '@modeldriver/engine'
import { featuresIn } from './sources.ts'

/** What TypeScript's own service says of a place. */
export interface TypeScriptProblem {
  readonly code: number
  readonly span: Span
}

interface Place {
  readonly analysis: Analysis
  readonly path: string
  readonly files: FixFiles
}

export interface TypeScriptRepair extends Fix {
  /** What is written then has its types from modeldriver.d.ts. */
  readonly needsDeclarations?: true
  /** All it does is to make files, which must be on disk for TypeScript to see them. */
  readonly makesFiles?: true
}

/** Repairs of what TypeScript says of features because it was not told what ModelDriver knows. */
export function typeScriptRepairs(place: Place, problem: TypeScriptProblem): readonly TypeScriptRepair[] {
  if (implicitAny.has(problem.code)) return [...withoutTypes(place), ...withTypes(place, problem)]
  return cannotFindModule.has(problem.code) ? declaredLibrary(place, problem) : []
}

/** A parameter, or an element of a pattern, has no type. */
const implicitAny: ReadonlySet<number> = new Set([7006, 7031])
/** The second where nothing says how modules are found. */
const cannotFindModule: ReadonlySet<number> = new Set([2307, 2792])

/** Where nothing says how strict TypeScript is, that can be said. */
function withoutTypes(place: Place): readonly TypeScriptRepair[] {
  const edits = makeConfig(place)
  return edits.length > 0
    ? [{ title: 'Make tsconfig.json, so that parameters need no types', edits, makesFiles: true }]
    : []
}

function withTypes({ analysis, path, files }: Place, { span }: TypeScriptProblem): readonly TypeScriptRepair[] {
  const found = featuresIn(analysis, path).find(({ feature }) =>
    feature.inputs.some(({ whole }) => whole.start <= span.start && span.end <= whole.end),
  )
  const text = files.text(path)
  if (!found || text === undefined) return []
  const { model, feature } = found
  return feature.form === 'destructured' ? typeOfPattern(model, feature, text) : typesOfList(model, feature, text)
}

function typesOfList(model: AnalysedModel, feature: Feature, text: string): readonly TypeScriptRepair[] {
  const { path, inputs, inputsSpan, name } = feature
  const typed = inputs.flatMap((input) => {
    const own = text.slice(input.span.end, input.whole.end)
    const type = input.typeSpan || own.includes('=') ? undefined : parameterType(model, feature, input.name)
    return type === undefined ? [] : [{ at: input.span.end + (/^\s*\?/.exec(own)?.[0].length ?? 0), type }]
  })
  if (typed.length === 0) return []
  const isBare = text[inputsSpan.start - 1] !== '('
  const written = typed.map(({ at, type }) => insert(path, at, `: ${type}`))
  const bare = `(${text.slice(inputsSpan.start, inputsSpan.end)}: ${typed[0]?.type})`
  return [
    {
      title: typed.length === 1 ? `Add the type ': ${typed[0]?.type}'` : `Add types to the parameters of '${name}'`,
      edits: isBare ? [replace(path, inputsSpan, bare)] : written,
      ...(typed.some(({ type }) => type.startsWith('Column')) && { needsDeclarations: true }),
    },
  ]
}

function typeOfPattern({ levels }: AnalysedModel, feature: Feature, text: string): readonly TypeScriptRepair[] {
  const { path, inputsSpan, name, inputs, bodySpan } = feature
  const close = text.indexOf('}', inputs.at(-1)?.whole.end ?? inputsSpan.end)
  const type = levels.get(name)?.level === 'group' ? 'Group' : 'Row'
  return close >= 0 && close < bodySpan.start && !/^\s*:/.test(text.slice(close + 1))
    ? [{ title: `Add the type ': ${type}'`, edits: [insert(path, close + 1, `: ${type}`)], needsDeclarations: true }]
    : []
}

/** `import { round } from 'modeldriver'` where nothing is installed. */
function declaredLibrary(place: Place, { span }: TypeScriptProblem): readonly TypeScriptRepair[] {
  const { analysis, path, files } = place
  if (files.text(path)?.slice(span.start + 1, span.end - 1) !== 'modeldriver') return []
  const folder = folderOf(place)
  if (files.list(folder).includes(declarationFileName)) return []
  const declarations = declarationFile([analysis], folder, { readText: files.text })
  return [
    {
      title: `Make ${declarationFileName}, which says what 'modeldriver' has`,
      edits: [whole(`${folder}/${declarationFileName}`, declarations), ...makeConfig(place)],
      isPreferred: true,
      makesFiles: true,
    },
  ]
}

function makeConfig(place: Place): readonly TextEdit[] {
  const folder = folderOf(place)
  for (let at = folder; ; at = dirname(at)) {
    const names = place.files.list(at)
    if (names.includes('tsconfig.json') || names.includes('jsconfig.json')) return []
    if (dirname(at) === at) return [whole(`${folder}/tsconfig.json`, tsconfig)]
  }
}

/** Beside the manifest, whose folders they are for. */
const folderOf = ({ analysis, path }: Place): string =>
  dirname(isManifest(analysis.snapshot.project.path) ? analysis.snapshot.project.path : path)

const whole = (path: string, text: string): TextEdit => replace(path, { start: 0, end: 0 }, text)
