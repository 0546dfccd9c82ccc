import * as vscode from 'vscode'
import type { PageKind } from './page.ts'

const sessionKey = 'modeldriver.session'

/**
 * When the extension host ends and is started again in the same window, VS Code leaves the pages of the one before where
 * they are and gives them to nobody. They are closed, and `open` makes new ones in their places.
 */
export async function replaceOrphans(
  { workspaceState }: vscode.ExtensionContext,
  open: (kind: PageKind, viewColumn: vscode.ViewColumn) => void,
): Promise<void> {
  const { sessionId } = vscode.env
  const isSameWindow = workspaceState.get(sessionKey) === sessionId
  await workspaceState.update(sessionKey, sessionId)
  if (!isSameWindow) return
  const orphans = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap((tab) => {
      const kind = kindOf(tab)
      return kind === undefined ? [] : [{ tab, kind, isShown: tab.isActive, viewColumn: tab.group.viewColumn }]
    })
    // A page that is opened lies above the others: those that were seen come last.
    .sort((a, b) => Number(a.isShown) - Number(b.isShown))
  for (const { kind, viewColumn } of orphans) open(kind, viewColumn)
  await vscode.window.tabGroups.close(
    orphans.map(({ tab }) => tab),
    true,
  )
}

function kindOf({ input }: vscode.Tab): PageKind | undefined {
  if (!(input instanceof vscode.TabInputWebview)) return undefined
  return (['graph', 'results'] as const).find((kind) => input.viewType.endsWith(`modeldriver.${kind}`))
}
