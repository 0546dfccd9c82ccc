import { describe, expect, it } from 'vitest'
import { ts } from '../source/typescript/parse.ts'
import { analyseFixture } from '../testing/check.ts'
import { memoryFiles } from '../testing/fixture.ts'
import { declarationFile } from './declarationFile.ts'
import { libraryTexts } from './libraries.ts'

const libraries = libraryTexts()

/** What TypeScript says of a fixture's feature files beside their generated declarations, strictly: `file:line code`. */
function compile(text: string) {
  const { fixture, analysis } = analyseFixture(text)
  const declarations = declarationFile([analysis], '/', memoryFiles(fixture.files))
  const files = new Map([...fixture.files, ['/modeldriver.d.ts', declarations]])
  const textOf = (name: string) => files.get(name) ?? libraries.get(name.replace('/lib/', ''))
  const options: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    noImplicitAny: false,
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    types: [],
  }
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    fileExists: (name) => textOf(name) !== undefined,
    directoryExists: () => true,
    readFile: textOf,
    getSourceFile(name, target) {
      const found = textOf(name)
      return found === undefined ? undefined : ts.createSourceFile(name, found, target)
    },
    getDefaultLibFileName: () => '/lib/lib.es2023.d.ts',
    getDefaultLibLocation: () => '/lib',
    getCurrentDirectory: () => '/',
  }
  const names = [...files.keys()].filter((name) => /\.m?ts$/.test(name))
  const program = ts.createProgram(names, options, host)
  const errors = names.flatMap((name) => {
    const file = program.getSourceFile(name)
    if (!file) return []
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ start = 0, code, messageText }) =>
        `${name}:${file.getLineAndCharacterOfPosition(start).line + 1} ${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
  })
  const service = ts.createLanguageService(
    {
      getScriptFileNames: () => names,
      getScriptVersion: () => '1',
      getScriptSnapshot: (name) => {
        const found = textOf(name)
        return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found)
      },
      getCurrentDirectory: () => '/',
      getCompilationSettings: () => options,
      getDefaultLibFileName: host.getDefaultLibFileName,
      fileExists: host.fileExists,
      readFile: host.readFile,
    },
    ts.createDocumentRegistry(),
  )
  const { path = '', offset = 0 } = fixture.cursor ?? {}
  return { errors, declarations, service, path, offset, fixture }
}

const sales = `
//- /sales.csv
pin,revenue,cost,region,sold,paid,Unit Price
A,10.5,4,de,2024-03-01,true,3
//- /sales.features.ts
// group_by: pin
`

describe('one model', () => {
  it('types go over files and levels, with no import and no annotation but Row and Group', () => {
    const { errors } = compile(`
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["*.features.ts", "*.features.js"], "data": "sales.csv", "group_by": "pin" }] }
//- /sales.csv
pin,revenue,cost,region,sold,paid,Unit Price
A,10.5,4,de,2024-03-01,true,3
//- /a.features.ts
export function margin({ revenue, cost }: Row) { return revenue - cost }
export function price({ 'Unit Price': unit }: Row) { return unit.toFixed(2) }
export const band = ({ Unit_Price }: Row) => (Unit_Price > 2 ? 'high' : 'low')
export function total({ margin, paid }: Group) { return margin.filter(paid).sum() }
export function first({ sold }: Group) { return sold.min().getUTCFullYear() }
export default function named({ region }: Row) { return region.length }
//- /b.features.ts
export function share({ margin, total }: Row) { return margin / total }
export function rate({ total, share }: Group) { return total / share.count() }
export function label({ band, named, plain }: Row) { return band === 'high' ? named * plain : null }
export function twice({ label }: Row) { return label * 2 }
export function _helper(x: number) { return x }
export const running = ({ margin }: Group) => margin.cumsum()
export const smooth = ({ margin }: Group) => margin.rolling(3).mean()
export const steps = ({ running, smooth }: Row) => (running - smooth) * 2
export const highest = ({ running }: Group) => running.max()
//- /c.features.js
export function plain(revenue) { return revenue * 2 }`)
    expect(errors).toEqual([])
  })

  it('table functions import Arquero with nothing installed, and what they make may be read', () => {
    const { errors } = compile(`
//- /modeldriver.json
{ "models": [{ "model_name": "m", "features": ["a.features.ts"], "data": "sales.csv", "legacy_mode": true,
  "frames": { "clean": { "inputs": ["revenue"], "outputs": ["profit"] } } }] }
//- /sales.csv
pin,revenue
A,10.5
//- /a.features.ts
import { op } from 'arquero'
export const clean = (table) => table.derive({ profit: (d) => op.round(d.revenue) })
export function half({ profit }: Row) { return profit / 2 }`)
    expect(errors).toEqual([])
  })

  it('what is wrong is an error of TypeScript itself', () => {
    const { errors } = compile(`${sales}
export function a({ revenu }: Row) { return revenu }
export function b({ region }: Row) { return region - 1 }
export const band = ({ revenue }: Row) => (revenue > 2 ? 'high' : 'low')
export function c({ band }: Row) { return band * 2 }
export function d({ band }: Row) { return band === 'middle' }
export function e({ revenue }: Group) { return revenue * 2 }
export function f({ region }: Group) { return region.sum() }
export function total({ revenue }: Group) { return revenue.sum() }
export function g({ total }: Group) { return total.sum() }`)
    expect(errors.map((line) => line.replace('/sales.features.ts', '').split(' ').slice(0, 2).join(' '))).toEqual([
      ':3 2339',
      ':4 2362',
      ':6 2362',
      ':7 2367',
      ':8 2362',
      ':9 2684',
      ':11 2339',
    ])
  })

  it('completes names, and goes to the function of a feature', () => {
    const { service, path, offset } = compile(`${sales}
export function margin({ revenue, cost }: Row) { return revenue - cost }
export function f({ $0 }: Row) { return 1 }`)
    const names = service
      .getCompletionsAtPosition(path, offset, {})
      ?.entries.map(({ name }) => name.replaceAll('"', ''))
    expect(names).toEqual(expect.arrayContaining(['pin', 'revenue', 'Unit Price', 'Unit_Price', 'margin', 'f']))

    const jump = compile(`${sales}
export function margin({ revenue, cost }: Row) { return revenue - cost }
export function f({ mar$0gin }: Row) { return margin }`)
    const [found] = jump.service.getDefinitionAtPosition(jump.path, jump.offset) ?? []
    const text = jump.fixture.files.get('/sales.features.ts') ?? ''
    expect(found && text.slice(found.textSpan.start, found.textSpan.start + found.textSpan.length)).toBe('margin')
    expect(found?.fileName).toBe('/sales.features.ts')
  })

  it('nothing is wrong where no column is known', () => {
    expect(compile('export function f({ anything }: Row) { return anything.foo() }').errors).toEqual([])
  })
})

describe('what is imported from the library', () => {
  const uses = `${sales}
import { agg, type Column, monthsBetween, round, sum, variance } from 'modeldriver'
export const price = ({ revenue }: Row) => round(revenue, 2)
export const total = agg((revenue: Column) => sum(revenue) + variance(revenue))
export const age = ({ sold }: Row) => monthsBetween(sold, sold)`

  it('has types where nothing is installed', () => {
    expect(compile(uses).errors).toEqual([])
    expect(compile(`${uses}\nexport const wrong = ({ region }: Row) => round(region, 2)`).errors).toHaveLength(1)
    expect(compile(uses.replace('round,', 'rund,')).errors[0]).toContain("no exported member named 'rund'")
  })

  it('is left to the package where it is installed, there or above', () => {
    const { analysis } = analyseFixture(uses)
    const installed = new Map([['/a/node_modules/modeldriver/package.json', '{}']])
    expect(declarationFile([analysis], '/a/b', memoryFiles(installed))).not.toContain('declare module')
    expect(declarationFile([analysis], '/b', memoryFiles(installed))).toContain("declare module 'modeldriver'")
  })
})

describe('several models', () => {
  const two = `
//- /modeldriver.json
{ "models": [
  { "model_name": "lines", "seq": 1, "features": ["a.features.ts"], "data": "d.csv" },
  { "model_name": "per shop", "seq": 2, "features": ["b.features.ts"], "input": "lines.rows", "group_by": "shop" } ] }
//- /d.csv
shop,price
x,2
//- /a.features.ts
export function loud({ shop }: Row) { return shop.toUpperCase() }
export function kept({ price }: Row<'lines'>) { let x = price; return x }
`
  it('Row is any of them, Row with a name is that one', () => {
    const { errors } = compile(`${two}//- /b.features.ts
export function most({ price, loud }: Group<'per shop'>) { return loud.at(price.argmax()) }
export function sure({ price }: Group) { return price.max() }
export function more({ kept, most }: Row<'per shop'>) { return most + kept.toFixed() }
export function rest({ most, sure }: Row) { return sure * 2 }`)
    expect(errors).toEqual([])
  })

  it('a name that means another thing elsewhere can be anything', () => {
    const text = `
//- /modeldriver.json
{ "models": [
  { "model_name": "a", "seq": 1, "features": ["a.features.ts"], "columns": { "code": "string", "x": "number" }, "group_by": "x" },
  { "model_name": "b", "seq": 2, "features": ["b.features.ts"], "input": "a.groups", "group_by": [] } ] }
//- /a.features.ts
export function total({ code }: Group) { return code.length }
//- /b.features.ts
export function code({ total }: Row) { return total * 2 }
export function most({ total }: Group) { return total.max() }
export function text({ code }: Row) { return code / 2 + code.length }`
    expect(compile(text).errors).toEqual([])
    expect(compile(text.replace('{ code }: Row', "{ code }: Row<'a'>")).errors).toHaveLength(1)
  })

  it('what a model does not have is an error with its name, and offered without', () => {
    const { errors } = compile(`${two}//- /b.features.ts
export function most({ price }: Group) { return price.max() }
export function later({ most }: Row<'lines'>) { return most }
export function nobody({ nobody_has_it }: Row) { return nobody_has_it }`)
    expect(errors.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '/b.features.ts:2 2339',
      '/b.features.ts:3 2339',
    ])
  })
})

it('the file of a small project', () => {
  const { declarations } = compile(`//- /a.csv
x,Unit Price
1,2
//- /a.features.ts
// group_by: x
export const f = (x) => x
export const total = (x) => x.sum()
`)
  const [from, to] = [declarations.indexOf('  interface Rows'), declarations.indexOf('\ndeclare module')]
  expect(declarations.slice(from, to)).toMatchInlineSnapshot(`
    "  interface Rows {
        a: {
          x: number
          'Unit Price': number
          Unit_Price: number
        } & Made<typeof import('./a.features.js')>
      }
      interface Groups {
        a: GroupOf<Rows['a'], 'total'>
      }
      type AnyRow = Rows['a']
      type AnyGroup = Groups['a']
    }

    /** What a row feature may read: columns and features, one value of each. Of one model alone: Row<'name'>. */
    type Row<Model extends keyof ModelDriver.Rows = never> = [Model] extends [never] ? ModelDriver.AnyRow : ModelDriver.Rows[Model]
    /** What a group feature may read: of row columns and row features all values of the group, of group features the one value. */
    type Group<Model extends keyof ModelDriver.Groups = never> = [Model] extends [never] ? ModelDriver.AnyGroup : ModelDriver.Groups[Model]
    /** All values of one input for the rows of a group. */
    type Column<Value = number> = ModelDriver.Column<Value>
    "
  `)
})
