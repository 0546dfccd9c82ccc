import { kindOfType, typeOfName } from '../check/valueTypes.ts'
import type { AnalysedModel, Analysis } from '../ir/analysis.ts'
import type { Feature } from '../ir/feature.ts'
import type { KnownColumn } from '../ir/model.ts'
import type { FileSystem } from '../model/files.ts'
import { identifierOf } from '../model/names.ts'
import { dirname, join, relative } from '../model/paths.ts'
import { propertyText } from '../source/identifiers.ts'
import { libraryModule } from '../source/typescript/library.ts'
import { columnDeclaration, libraryDeclaration } from './declarations.ts'

export const declarationFileName = 'modeldriver.d.ts'

/**
 * The text of `modeldriver.d.ts` for a folder with these projects: types for `({ revenue, cost }: Row)`, and for what is imported
 * from 'modeldriver'. Columns, feature files and the names of group features are written down; what features give is read from the
 * files by TypeScript itself.
 */
export function declarationFile(
  analyses: readonly Analysis[],
  folder: string,
  files: Pick<FileSystem, 'readText'>,
): string {
  const inOrder = [...analyses].sort((a, b) => (a.snapshot.project.path < b.snapshot.project.path ? -1 : 1))
  const models = inOrder.flatMap((analysis) => analysis.models)
  return `// Made by ModelDriver: columns, feature files and group features of ${list(models)}.
// Do not change it: the editor and 'modeldriver types' write it anew. What features give is read from their files, so it is
// always up to date. The tsconfig.json of the feature files must include it.

declare namespace ModelDriver {
${indent(columnDeclaration.trim())}

  /** What the functions of feature files give, by their names. */
  type Made<Files> = {
    [Name in keyof Files as Name extends \`_\${string}\` | 'default' ? never : Name]: ValueOf<Files[Name]>
  }
  type ValueOf<Feature> = Feature extends (...inputs: any[]) => infer Value ? ElementOf<Exclude<Value, null | undefined | void>> : never
  /** A row feature may give a column that looks at other rows: one value of it belongs to each. */
  type ElementOf<Value> = Value extends Column<infer Element> ? Element : Value

  type Without<Row, Taken> = { [Name in keyof Row as Exclude<Name, Taken>]: Row[Name] }

  type GroupOf<Row, PerGroup> = { [Name in keyof Row]: Name extends PerGroup ? Row[Name] : Column<Row[Name]> }

  interface Rows {
${models.map((model) => indent(indent(rowText(model, folder)))).join('\n')}
  }
  interface Groups {
${models.map((model) => indent(indent(groupText(model)))).join('\n')}
  }
${indent(ofAny(models))}
}

/** What a row feature may read: columns and features, one value of each. Of one model alone: Row<'name'>. */
type Row<Model extends keyof ModelDriver.Rows = never> = [Model] extends [never] ? ModelDriver.AnyRow : ModelDriver.Rows[Model]
/** What a group feature may read: of row columns and row features all values of the group, of group features the one value. */
type Group<Model extends keyof ModelDriver.Groups = never> = [Model] extends [never] ? ModelDriver.AnyGroup : ModelDriver.Groups[Model]
/** All values of one input for the rows of a group. */
type Column<Value = number> = ModelDriver.Column<Value>
${isInstalled(libraryModule, folder, files) ? '' : libraryModuleText}${models.some(hasTables) && !isInstalled('arquero', folder, files) ? arqueroText : ''}`
}

const hasTables = ({ frames }: AnalysedModel): boolean => frames.size > 0

/** Table functions import it, and are given it, with nothing installed. */
const arqueroText = `
declare module 'arquero'
`

/** The package brings its own types. */
function isInstalled(name: string, folder: string, files: Pick<FileSystem, 'readText'>): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (files.readText(join(at, `node_modules/${name}/package.json`)) !== undefined) return true
    if (dirname(at) === at) return false
  }
}

const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ')

/** With it, what feature files import has types without anything being installed. */
const libraryModuleText = `
declare module '${libraryModule}' {
  import Addable = ModelDriver.Addable
  import Found = ModelDriver.Found
  export import Column = ModelDriver.Column
${indent(libraryDeclaration.trim())}
}
`

/**
 * A name that only some models have is offered in all of them: ModelDriver itself says where it is not. One that means values of
 * another kind in another model can be anything.
 */
function ofAny(models: readonly AnalysedModel[]): string {
  const any = (kind: 'Row' | 'Group', mixed: readonly string[]): string => {
    const own = mixed.map(quoted)
    const parts = models.map(({ model }, i) => {
      const before = models.slice(0, i).map((other) => `keyof ${kind}s[${quoted(other.model.name)}]`)
      const names = [...own, ...before]
      const type = `${kind}s[${quoted(model.name)}]`
      return names.length > 0 ? `Without<${type}, ${names.join(' | ')}>` : type
    })
    const anything = own.length > 0 ? [`{ ${mixed.map((name) => `${propertyText(name)}: any`).join('; ')} }`] : []
    return `type Any${kind} = ${[...parts, ...anything].join(' & ')}`
  }
  const kinds = mixedNames(models, (model, name) => {
    const type = typeOfName(model, name)
    return type && kindOfType(type)
  })
  const levels = mixedNames(models, (model, name) => (perGroupOf(model).includes(name) ? 'group' : 'row'))
  return `${any('Row', kinds)}\n${any('Group', [...new Set([...kinds, ...levels])])}`
}

/** Names that several models have, with different facts. */
function mixedNames(
  models: readonly AnalysedModel[],
  factOf: (model: AnalysedModel, name: string) => string | undefined,
): readonly string[] {
  const facts = new Map<string, Set<string>>()
  for (const model of models) {
    for (const name of new Set([...(model.columns?.keys() ?? []), ...model.features.keys()])) {
      const fact = factOf(model, name)
      if (fact !== undefined) facts.set(name, (facts.get(name) ?? new Set()).add(fact))
    }
  }
  return [...facts].filter(([, found]) => found.size > 1).map(([name]) => name)
}

/** Names that have one value per group. */
function perGroupOf({ columns, features, levels }: AnalysedModel): readonly string[] {
  return [
    ...[...(columns ?? [])].filter(([, { level }]) => level === 'group').map(([name]) => name),
    ...[...features.keys()].filter((name) => levels.get(name)?.level !== 'row' && !columns?.has(name)),
  ]
}

function rowText(analysed: AnalysedModel, folder: string): string {
  const columns = `{\n${columnsText(analysed)}\n}`
  return `${propertyText(analysed.model.name)}: ${[columns, ...featuresText(analysed, folder)].join(' & ')}`
}

function groupText(analysed: AnalysedModel): string {
  const { name } = analysed.model
  const perGroup = perGroupOf(analysed).map(quoted).join(' | ') || 'never'
  return `${propertyText(name)}: GroupOf<Rows[${quoted(name)}], ${perGroup}>`
}

function columnsText(analysed: AnalysedModel): string {
  const { columns, aliases } = analysed
  if (!columns) return '  [name: string]: any'
  const own = [...columns].filter(([name]) => !aliases.has(name))
  const names = new Set(own.map(([name]) => name))
  // A header that is no name can be read by the name it becomes.
  const more = own.flatMap(([header, column]): [string, KnownColumn][] => {
    const name = identifierOf(header)
    if (names.has(name) || analysed.features.has(name)) return []
    names.add(name)
    return [[name, column]]
  })
  return [...own, ...more].map(([name, column]) => `  ${propertyText(name)}: ${columnType(column)}`).join('\n')
}

function columnType({ type, origin }: KnownColumn): string {
  if (type) return kindOfType(type)
  return origin.kind === 'model' ? `Rows[${quoted(origin.model)}][${quoted(origin.column)}]` : 'any'
}

/** TypeScript reads TypeScript; of other files the types are written down. */
function featuresText(analysed: AnalysedModel, folder: string): readonly string[] {
  const { model, features, types } = analysed
  const read = model.featureFiles.filter(isTypeScript).map((path) => `Made<typeof import(${moduleName(path, folder)})>`)
  const written = [...features.values()].flatMap((feature): string[] => {
    const { name, path, exportName, frame } = feature
    const type = types.get(name)
    if (frame || !isTypeScript(path)) return [`${propertyText(name)}: ${type ? kindOfType(type) : 'any'}`]
    return exportName === name ? [] : [`${propertyText(name)}: ${exportedAs(feature, folder)}`]
  })
  return [...read, ...(written.length > 0 ? [`{ ${written.join('; ')} }`] : [])]
}

const exportedAs = ({ path, exportName }: Feature, folder: string): string =>
  `ValueOf<(typeof import(${moduleName(path, folder)}))[${quoted(exportName)}]>`

const isTypeScript = (path: string): boolean => /\.m?ts$/.test(path)

/** With the extension of what it is compiled to: every module resolution understands that. */
function moduleName(path: string, folder: string): string {
  const file = relative(folder, path).replace(/\.(m?)ts$/, '.$1js')
  return quoted(file.startsWith('.') ? file : `./${file}`)
}

const list = (models: readonly AnalysedModel[]): string => models.map(({ model }) => model.name).join(', ')

const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
