/** Endings of the files of data that are read; those of texts also with `.gz`. */
const textEndings = ['csv', 'tsv', 'tab', 'ndjson', 'jsonl', 'json', 'txt']
const columnEndings = ['parquet', 'arrow', 'arrows', 'feather']
const bookEndings = ['xlsx', 'xlsm']
export const dataEndings: readonly string[] = [...textEndings, ...columnEndings, ...bookEndings]

const dataFile = new RegExp(
  `\\.((${textEndings.join('|')})(\\.gz)?|${[...columnEndings, ...bookEndings].join('|')})$`,
  'i',
)
/** Files that a project has for its tools, not for its models; `~$` is the lock of Excel. */
const other = /(^|\/)((package(-lock)?|[tj]sconfig[^/]*|modeldriver|biome)\.json|~\$[^/]*)$/

/** Whether a file can be data of a model, by its name. */
export const isDataFile = (path: string): boolean => dataFile.test(path) && !other.test(path)

/** Which file is taken where several of one name stand beside a feature file. */
const inOrder = [...columnEndings, ...textEndings.flatMap((ending) => [ending, `${ending}.gz`]), ...bookEndings]

/** The data of `orders.features.ts`: `orders.csv` and its kin, else the only data file of the folder. */
export function dataBeside(name: string, siblings: readonly string[]): string | undefined {
  const all = siblings.filter(isDataFile)
  for (const ending of inOrder) {
    const own = all.find((file) => file.startsWith(`${name}.`) && file.slice(name.length + 1).toLowerCase() === ending)
    if (own !== undefined) return own
  }
  // Any text may be a `.txt`, and what is packed beside itself is the same.
  const tables = all.filter((file) => !/\.txt(\.gz)?$/i.test(file) && !all.some((other) => file === `${other}.gz`))
  return tables.length === 1 ? tables[0] : undefined
}

/** Whether a file has rows of which one is the header, by its name. */
export const hasHeaderRow = (path: string): boolean => isWorkbook(path) || /\.(csv|tsv|txt|tab)(\.gz)?$/i.test(path)

/** Whether a file has sheets, by its name. */
export const isWorkbook = (path: string): boolean => /\.xls[xm]$/i.test(path)
