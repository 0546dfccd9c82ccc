import { basename, dirname, relative } from 'node:path'
import type { Target } from '@modeldriver/protocol'
import * as vscode from 'vscode'
import { dataFilePattern, isDataFile, isFeatureFile, portable } from '../files.ts'
import type { Language } from '../language/client.ts'
import { activeUri, sayNoFile } from '../views/active.ts'

/**
 * Writes a modeldriver.json beside the active feature file, with sample data that is picked, and a tsconfig.json when there
 * is none; opens an existing manifest.
 */
export const createManifest = (language: Language) => async (): Promise<string | undefined> => {
  const file = activeUri()
  if (file === undefined) return sayNoFile()
  const target = await language.target(file.toString())
  const known = target && vscode.Uri.file(target.project)
  if (!isFeatureFile(file.path) || (known && !isFeatureFile(known.path))) return open(known ?? file)

  const data = await pickData(dirname(file.fsPath))
  if (data === undefined) return undefined
  const manifest = vscode.Uri.joinPath(file, '..', 'modeldriver.json')
  const edit = new vscode.WorkspaceEdit()
  const write = (uri: vscode.Uri, text: string): void =>
    edit.createFile(uri, { ignoreIfExists: true, contents: Buffer.from(text) })
  write(manifest, manifestText(file.fsPath, data, target))
  write(vscode.Uri.joinPath(file, '..', 'tsconfig.json'), tsconfigText)
  await vscode.workspace.applyEdit(edit)
  return open(manifest)
}

async function open(uri: vscode.Uri): Promise<string> {
  await vscode.window.showTextDocument(uri)
  return uri.toString()
}

/** Data files in the folder and below, then any other by a dialog. Resolves to a path. */
async function pickData(folder: string): Promise<string | undefined> {
  const near = new vscode.RelativePattern(vscode.Uri.file(folder), dataFilePattern)
  const found = (await vscode.workspace.findFiles(near, '**/node_modules/**', 50)).filter((uri) => isDataFile(uri.path))
  const items = found.map((uri) => ({ label: portable(relative(folder, uri.fsPath)), path: uri.fsPath }))
  const other = { label: '$(folder-opened) Other file…', path: undefined }
  const picked = await vscode.window.showQuickPick([...items, other], { placeHolder: 'Sample data of the model' })
  if (picked === undefined || picked.path !== undefined) return picked?.path
  const filters = { Data: ['csv', 'tsv', 'json', 'ndjson', 'parquet', 'arrow'] }
  return (await vscode.window.showOpenDialog({ filters, defaultUri: vscode.Uri.file(folder) }))?.[0]?.fsPath
}

function manifestText(feature: string, data: string, target: Target | undefined): string {
  const folder = dirname(feature)
  const groupBy = target?.groupBy
  const model = {
    model_name: target?.model ?? basename(feature).replace(/\.features\.\w+$/, ''),
    seq: 1,
    features: [basename(feature)],
    data: portable(relative(folder, data)),
    ...(groupBy !== undefined && { group_by: groupBy.length === 1 ? groupBy[0] : groupBy }),
  }
  return `${JSON.stringify({ client_name: basename(folder), models: [model] }, null, 2)}\n`
}

/** Parameters need no types; without the browser's names a forgotten parameter `name` or `status` is an error. */
const tsconfigText = `{
  "compilerOptions": {
    "target": "es2023",
    "lib": ["es2023"],
    "module": "esnext",
    "moduleResolution": "bundler",
    "strict": true,
    "noImplicitAny": false,
    "noEmit": true,
    "skipLibCheck": true
  },
  "include": ["**/*.features.*", "**/modeldriver.d.ts"]
}
`
