/** For a model without a key. */
export const keyHint = '// "group_by": ["column"],  for features that aggregate: one result per value of this column'

/** For data with titles above its header. */
export const headerHint = '// What stands above this row is not read.'
export const headerNote = (data: string, row: number): string =>
  `${data}: the names of its columns stand in row ${row}, below what looks like a title; "header_row" says so.`

/** For columns that some words keep from being numbers or dates. */
export const marksNote = (data: string, column: string, marks: readonly string[]): string =>
  `${data}: ${marks.map((mark) => JSON.stringify(mark)).join(', ')} in '${column}' ${marks.length === 1 ? 'stands' : 'stand'} for a missing value; "missing" says so.`

/** A column and how often something stands in it. */
export interface Counted {
  readonly column: string
  readonly count: number
  /** Words are marks in it already. */
  readonly isMarked: boolean
}

/** What was counted: the data, and how many of its rows, when that is not all. */
export interface Looked {
  readonly data: string
  readonly rows: number | undefined
}

const inRows = ({ data, rows }: Looked): string => (rows === undefined ? data : `${data}, in its first ${rows} rows`)
const places = (all: readonly Counted[]): string =>
  all.map(({ column, count }) => `'${column}' (${count === 1 ? 'once' : `${count} times`})`).join(', ')

/** For numbers that may be codes. */
export function codeNote(looked: Looked, value: number, isBelow: boolean, all: readonly Counted[]): string {
  const [it, its] = all.length === 1 ? ['it', 'its'] : ['them', 'their']
  const todo = all.some(({ isMarked }) => isMarked)
    ? `add "${value}" to ${its} "missing"`
    : `give ${it} "missing": ["${value}"]`
  return `${inRows(looked)}: ${value} stands in ${places(all)}, ${isBelow ? 'below' : 'above'} all others. If that is no value, ${todo}.`
}

/** For columns of text with words that stand for a missing value in others. */
export function wordsNote(looked: Looked, marks: readonly string[], all: readonly Counted[]): string {
  const written = marks.map((mark) => JSON.stringify(mark)).join(', ')
  const [stands, they] = marks.length === 1 ? ['stands', 'it is no value'] : ['stand', 'they are no values']
  const them = all.length === 1 ? 'it' : 'them'
  return `${inRows(looked)}: ${written} also ${stands} as text in ${places(all)}. If ${they} there either, give ${them} "missing": [${written}].`
}

/** `models` of a project in which there is nothing yet. */
export const emptyModels = `[
    // One entry per model, run in the order of "seq". A model reads a data file, or what an earlier model made.
    // {
    //   "model_name": "orders",
    //   "seq": 1,
    //   "features": ["orders.features.ts"],
    //   "data": "orders.csv",
    //   "group_by": ["customer"],
    //   "outputs": ["total_revenue"]
    // }
  ]`

/** With the browser's names in `lib`, a forgotten parameter `name` or `status` would be taken for one of them. */
export const tsconfig = `{
  // For the editor only: ModelDriver runs feature files itself. Parameters need no types.
  "compilerOptions": {
    "target": "es2023",
    "lib": ["es2023"],
    "types": [],
    "module": "esnext",
    "moduleResolution": "bundler",
    "moduleDetection": "force",
    "strict": true,
    "noImplicitAny": false,
    "noEmit": true,
    "skipLibCheck": true
  },
  "include": ["**/*.features.*", "**/modeldriver.d.ts"]
}
`
