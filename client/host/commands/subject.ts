import type { FeatureRef, GraphNode, GraphView } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import type { Language } from '../language/client.ts'
import { featureAt } from '../language/featureAt.ts'
import type { ModelsNode } from '../models/nodes.ts'
import { activeUri } from '../views/active.ts'

/** The file a command is about: its first argument (text from a lens, a Uri from a menu, an entry of the tree), else the active file. */
export function fileOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument
  if (argument instanceof vscode.Uri) return argument.toString()
  return entryOf(argument)?.uri ?? activeUri()?.toString()
}

/** The feature that a lens or an entry of the tree names. */
export function nameOf(file: unknown, name: unknown): string | undefined {
  return typeof name === 'string' ? name : entryOf(file)?.feature
}

function entryOf(argument: unknown): Pick<ModelsNode, 'uri' | 'feature'> | undefined {
  return typeof argument === 'object' && argument !== null && 'uri' in argument ? (argument as ModelsNode) : undefined
}

/** The feature a command is about: its second argument, else the one at the cursor, else one that is picked. */
export async function featureOf(language: Language, uri: string, argument: unknown): Promise<FeatureRef | undefined> {
  if (typeof argument === 'string') return { uri, feature: argument }
  const graph = await language.graph(uri)
  if (!graph) return undefined
  const here = atCursor(graph, uri)
  if (here !== undefined) return { uri, feature: here.name }
  const features = graph.nodes.filter((node) => isFeature(node) && node.place?.uri === uri)
  const picked = await vscode.window.showQuickPick(
    features.map((node) => node.name),
    { placeHolder: t('Which feature?') },
  )
  return picked === undefined ? undefined : { uri, feature: picked }
}

/** The feature at the cursor of a file that is on the screen. */
export function atCursor(graph: GraphView, uri: string): GraphNode | undefined {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri)
  return editor && featureAt(graph, uri, editor.selection.active.line)
}

function isFeature({ kind }: GraphNode): boolean {
  return kind === 'row' || kind === 'group' || kind === 'constant'
}
