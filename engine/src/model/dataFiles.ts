/** Endings of the files of data that are read; all but the last ones also with `.gz`. */
const textEndings = ['csv', 'tsv', 'txt', 'tab', 'json', 'ndjson', 'jsonl']
const binaryEndings = ['parquet', 'arrow', 'arrows', 'feather', 'xlsx', 'xlsm']
export const dataEndings: readonly string[] = [...textEndings, ...binaryEndings]

const dataFile = new RegExp(`\\.((${textEndings.join('|')})(\\.gz)?|${binaryEndings.join('|')})$`, 'i')
/** Files that a project has for its tools, not for its models; `~$` is the lock of Excel. */
const other = /(^|\/)((package(-lock)?|[tj]sconfig[^/]*|modeldriver|biome)\.json|~\$[^/]*)$/

/** Whether a file can be data of a model, by its name. */
export const isDataFile = (path: string): boolean => dataFile.test(path) && !other.test(path)

/** Whether a file has rows of which one is the header, by its name. */
export const hasHeaderRow = (path: string): boolean => isWorkbook(path) || /\.(csv|tsv|txt|tab)(\.gz)?$/i.test(path)

/** Whether a file has sheets, by its name. */
export const isWorkbook = (path: string): boolean => /\.xls[xm]$/i.test(path)
