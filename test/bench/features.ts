/** Text files by path. */
export type Files = ReadonlyMap<string, string>

export const bigFile = '/big.features.ts'

/** So many features in one file without a manifest; `edited` is read once, in the middle. */
export function oneFile(features: number): Files {
  return new Map([
    [bigFile, ['// group_by: pin', ...functions(0, features)].join('\n')],
    ['/big.csv', data()],
  ])
}

export const fileOf = (index: number): string => `/f${index}.features.ts`

/** A project of several files; each reads the one before, and `edited` is read once in each. */
export function manyFiles(files: number, featuresEach: number): Files {
  const manifest = {
    models: [{ model_name: 'big', seq: 1, features: ['*.features.ts'], data: 'big.csv', group_by: 'pin' }],
  }
  return new Map([
    ['/modeldriver.json', JSON.stringify(manifest)],
    ['/big.csv', data()],
    ...Array.from({ length: files }, (_, i): [string, string] => [
      fileOf(i),
      functions(i * featuresEach, featuresEach).join('\n'),
    ]),
  ])
}

/** Row features, group features and features that read both, in chains. */
function functions(first: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, offset) => {
    const i = first + offset
    const before = i < 3 ? 'revenue' : `f${i - 3}`
    if (offset === Math.floor(count / 2)) return `export function f${i}(edited, cost) {\n  return edited - cost\n}`
    if (i % 3 === 1) return `export function f${i}(f${i - 1}) { //#agg\n  return f${i - 1}.sum() / 2\n}`
    if (i % 3 === 2) return `export function f${i}(revenue, f${i - 1}) {\n  return revenue / f${i - 1}\n}`
    return `/** Doc of feature ${i}. */\nexport function f${i}(${before}, cost) {\n  if (cost > 10) return ${before} - cost\n  return ${before} * 2\n}`
  })
}

function data(): string {
  const columns = ['pin', 'revenue', 'cost', 'edited', ...Array.from({ length: 16 }, (_, i) => `column_${i}`)]
  const rows = Array.from({ length: 50 }, (_, i) => columns.map((_, j) => i * j).join())
  return [columns.join(), ...rows].join('\n')
}
