import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Language } from '../language/client.ts'
import { kindWord } from '../words.ts'
import { type ModelsNode, pipelineNode } from './nodes.ts'

const scheme = 'modeldriver-problems'

const icons: Readonly<Record<ModelsNode['kind'], string>> = {
  pipeline: 'type-hierarchy-sub',
  model: 'symbol-class',
  part: 'list-unordered',
  column: 'symbol-field',
  row: 'symbol-function',
  group: 'group-by-ref-type',
  constant: 'symbol-constant',
}

/** All pipelines of the workspace with their models, as they are while one types. */
export class ModelsTree
  implements vscode.TreeDataProvider<ModelsNode>, vscode.FileDecorationProvider, vscode.Disposable
{
  readonly #changed = new vscode.EventEmitter<undefined>()
  readonly #badges = new vscode.EventEmitter<undefined>()
  readonly #listener: vscode.Disposable
  readonly onDidChangeTreeData = this.#changed.event
  readonly onDidChangeFileDecorations = this.#badges.event
  readonly #language: Language

  constructor(language: Language) {
    this.#language = language
    this.#listener = language.onChanged(() => {
      this.#changed.fire(undefined)
      this.#badges.fire(undefined)
    })
  }

  async getChildren(node?: ModelsNode): Promise<readonly ModelsNode[] & ModelsNode[]> {
    if (node !== undefined) return [...node.children]
    const projects = await this.#language.projects()
    const views = await Promise.all(
      projects.map(async ({ uri }) => {
        const view = await this.#language.graph(uri)
        return view ? [pipelineNode(view, uri)] : []
      }),
    )
    return views.flat()
  }

  getTreeItem(node: ModelsNode): vscode.TreeItem {
    const { id, kind, label, detail, tooltip, place, errors, warnings, children, feature } = node
    const isOpen = kind === 'pipeline' || kind === 'model'
    const state = children.length === 0 ? 'None' : isOpen ? 'Expanded' : 'Collapsed'
    const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState[state])
    item.id = id
    item.iconPath = new vscode.ThemeIcon(icons[kind])
    item.contextValue = feature === undefined ? kind : 'feature'
    if (detail !== undefined) item.description = detail
    if (tooltip !== undefined) item.tooltip = tooltip
    const problems = problemWords(errors, warnings)
    const about = [kind === 'part' ? '' : kindWord(kind), label, detail, problems].filter(
      (text) => text !== undefined && text !== '',
    )
    item.accessibilityInformation = { label: about.join(', ') }
    if (errors + warnings > 0) {
      const query = JSON.stringify({ errors, warnings })
      item.resourceUri = vscode.Uri.from({ scheme, path: `/${encodeURIComponent(id)}`, query })
    }
    if (place !== undefined && children.length === 0)
      item.command = { title: t('Go to Code'), command: 'vscode.open', arguments: openArguments(place) }
    return item
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== scheme) return undefined
    const { errors, warnings } = JSON.parse(uri.query) as Pick<ModelsNode, 'errors' | 'warnings'>
    const count = errors > 0 ? errors : warnings
    const color = errors > 0 ? 'list.errorForeground' : 'list.warningForeground'
    const tooltip = problemWords(errors, warnings)
    return new vscode.FileDecoration(count > 9 ? '9+' : String(count), tooltip, new vscode.ThemeColor(color))
  }

  dispose(): void {
    this.#listener.dispose()
    this.#changed.dispose()
    this.#badges.dispose()
  }
}

function problemWords(errors: number, warnings: number): string {
  const words = [
    errors === 0 ? '' : errors === 1 ? t('1 error') : t('{0} errors', errors),
    warnings === 0 ? '' : warnings === 1 ? t('1 warning') : t('{0} warnings', warnings),
  ]
  return words.filter(Boolean).join(', ')
}

function openArguments({ uri, range: { start, end } }: NonNullable<ModelsNode['place']>): unknown[] {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character)
  return [vscode.Uri.parse(uri, true), { selection } satisfies vscode.TextDocumentShowOptions]
}
