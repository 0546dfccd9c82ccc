/** For a model without a key. */
export const keyHint = '// "group_by": ["column"],  for features that aggregate: one result per value of this column'

/** For data with titles above its header. */
export const headerHint = '// What stands above this row is not read.'
export const headerNote = (data: string, row: number): string =>
  `${data}: the names of its columns stand in row ${row}, below what looks like a title; "header_row" says so.`

/** For columns that some words keep from being numbers or dates. */
export const marksNote = (data: string, column: string, marks: readonly string[]): string =>
  `${data}: ${marks.map((mark) => JSON.stringify(mark)).join(', ')} in '${column}' ${marks.length === 1 ? 'stands' : 'stand'} for a missing value; "missing" says so.`

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
