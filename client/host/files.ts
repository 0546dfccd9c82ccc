/** What the extension cares about, told apart by file name. Patterns and predicates say the same thing. */
export const featureFilePattern = '**/*.features.{ts,mts,js,mjs}'
export const manifestPattern = '**/modeldriver.json'
/** As the engine has them, which is not loaded here; texts also with `.gz`. */
const textEndings = ['csv', 'tsv', 'tab', 'ndjson', 'jsonl', 'json', 'txt']
const otherEndings = ['parquet', 'arrow', 'arrows', 'feather', 'xlsx', 'xlsm']
export const dataEndings = [...textEndings, ...otherEndings]
export const dataFilePattern = `**/*.{${[...dataEndings, ...textEndings.map((ending) => `${ending}.gz`)].join(',')}}`

const featureFile = /\.features\.(ts|mts|js|mjs)$/
const codeFile = /\.[cm]?[jt]s$/
const manifest = /(^|[\\/])modeldriver\.json$/
const dataFile = new RegExp(`\\.((${textEndings.join('|')})(\\.gz)?|${otherEndings.join('|')})$`, 'i')

export const isFeatureFile = (path: string): boolean => featureFile.test(path)
/** Feature files, and what they may import. */
export const isCodeFile = (path: string): boolean => codeFile.test(path)
export const isManifest = (path: string): boolean => manifest.test(path)
export const isDataFile = (path: string): boolean => dataFile.test(path) && !isManifest(path)

interface Named {
  readonly scheme: string
  readonly path: string
}

/** Folders of other kinds (a repository that is only looked at, an archive) cannot be read by server and runner. */
export const isOnDisk = ({ scheme }: Named): boolean => scheme === 'file' || scheme === 'untitled'
export const isNamedAsOurs = ({ path }: Named): boolean => isFeatureFile(path) || isManifest(path)
/** A file whose opening is a reason for the extension to start. */
export const isOurs = (uri: Named): boolean => isOnDisk(uri) && isNamedAsOurs(uri)

/** The path form that engine, server and runner share: `/` on every system. */
export const portable = (fsPath: string): string => fsPath.replaceAll('\\', '/')
