import * as vscode from 'vscode'
import type { PageKind } from './page.ts'

const sessionKey = 'modeldriver.session'

/**
 * When the extension host ends and is started again in the same window, VS Code leaves the pages of the one before where
 * they are and gives them to nobody. They are closed, and `open` makes new ones in their places.
 *
 * After a reload of the window it gives its pages back itself, which `isGivenBack` tells. A VS Code that is built without
 * telemetry has one name for all sessions, so that the two are told apart by the first page in sight: VS Code gives it
 * back as soon as it hears of who takes it, before it answers anything that is asked later.
 *
 * `before`: the tabs when the extension was started.
 */
export async function replaceOrphans(
  { workspaceState, subscriptions }: vscode.ExtensionContext,
  before: ReadonlySet<vscode.Tab>,
  isGivenBack: () => boolean,
  open: (kind: PageKind, viewColumn: vscode.ViewColumn) => void,
): Promise<void> {
  const { sessionId } = vscode.env
  const isSameSession = workspaceState.get(sessionKey) === sessionId
  await workspaceState.update(sessionKey, sessionId)
  const oursBefore = () => ourTabs().filter(({ tab }) => before.has(tab))
  if (!isSameSession || oursBefore().length === 0) return
  let isDone = false
  const replace = async (): Promise<void> => {
    if (!oursBefore().some(({ isShown }) => isShown)) return
    await vscode.commands.executeCommand('setContext', 'modeldriver.started', true)
    // A change of the tabs may have come meanwhile.
    if (isDone) return
    isDone = true
    seen.dispose()
    if (isGivenBack()) return
    const orphans = oursBefore()
    for (const { kind, viewColumn } of orphans) open(kind, viewColumn)
    await vscode.window.tabGroups.close(
      orphans.map(({ tab }) => tab),
      true,
    )
  }
  const seen = vscode.window.tabGroups.onDidChangeTabs(replace)
  subscriptions.push(seen)
  await replace()
}

/** Tabs of our pages. A page that is opened lies above the others: those in sight come last. */
const ourTabs = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap((tab) => {
      const kind = kindOf(tab)
      return kind === undefined ? [] : [{ tab, kind, isShown: tab.isActive, viewColumn: tab.group.viewColumn }]
    })
    .sort((a, b) => Number(a.isShown) - Number(b.isShown))

function kindOf({ input }: vscode.Tab): PageKind | undefined {
  if (!(input instanceof vscode.TabInputWebview)) return undefined
  return (['graph', 'results'] as const).find((kind) => input.viewType.endsWith(`modeldriver.${kind}`))
}
