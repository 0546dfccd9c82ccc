import * as vscode from 'vscode'
import { answered } from './commands/answered.ts'
import { cancelRun } from './commands/cancelRun.ts'
import { copyDiagnostics } from './commands/copyDiagnostics.ts'
import { keepTypesCurrent } from './commands/generateTypes.ts'
import type { CommandId } from './commands/ids.ts'
import { beginSample, openSample, showProblem } from './commands/openSample.ts'
import { runModel } from './commands/run.ts'
import { showGraph } from './commands/showGraph.ts'
import type { LaterCommand } from './extras.ts'
import { createLanguage } from './language/client.ts'
import type { ModelsNode } from './models/nodes.ts'
import { ModelsTree } from './models/tree.ts'
import { GraphPanel } from './panels/graph.ts'
import { createPanel, type PageKind } from './panels/page.ts'
import { ResultsPanel } from './panels/results.ts'
import { LastRun } from './runner/lastRun.ts'
import { RunProblems } from './runner/problems.ts'
import { Runs } from './runner/runs.ts'
import { Supervisor } from './runner/supervisor.ts'
import { RunValues } from './values/values.ts'
import { createStatus } from './views/status.ts'

export interface Product {
  readonly commands: Readonly<Record<CommandId, (...args: unknown[]) => unknown>>
  readonly models: vscode.TreeDataProvider<ModelsNode>
  readonly restorePanel: (kind: PageKind, panel: vscode.WebviewPanel) => void
  readonly stop: () => Promise<void>
}

/**
 * The composition root: makes every part once and ties them together. `isGivenBack`: VS Code had a page of the window
 * before a reload taken over.
 */
export function startProduct(context: vscode.ExtensionContext, isGivenBack: () => boolean): Product {
  const dist = (file: string): string => context.asAbsolutePath(`dist/${file}`)
  const log = vscode.window.createOutputChannel('ModelDriver', { log: true })
  const { version } = context.extension.packageJSON as { readonly version: string }
  log.info(`ModelDriver ${version} in VS Code ${vscode.version}`)
  const language = createLanguage(dist('server.js'), log)
  const supervisor = new Supervisor({ module: dist('runner.js'), log: (line) => log.info(line) })
  const problems = new RunProblems(vscode.Uri.joinPath(context.extensionUri, 'docs/problems.md'))
  const results = new ResultsPanel(context, supervisor, () => ({
    again: () => void runs.again(),
    cancel: () => runs.cancel(),
    remember: (target) => runs.remember(target),
    showInGraph: (path, line) => void graph.showAt(vscode.Uri.file(path).toString(), line),
    traced: (cell) => void extras.then(({ trace }) => trace(cell)),
  }))
  const values = new RunValues((question) => supervisor.ask(question), language)
  const last = new LastRun()
  const graph = new GraphPanel(context, language, values, (target) => runs.start(target))
  // The values say first what is stale, which the graph shows.
  const runs = new Runs(supervisor, language, problems, [results, values, graph, last], () => results.visible)
  const status = createStatus(language, last)
  const models = new ModelsTree(language)
  context.subscriptions.push(
    log,
    language,
    supervisor,
    problems,
    results,
    graph,
    status,
    last,
    models,
    vscode.window.registerFileDecorationProvider(models),
    values,
    keepTypesCurrent(language, log),
  )
  const restorePanel = (kind: PageKind, panel: vscode.WebviewPanel): void =>
    (kind === 'graph' ? graph : results).restore(panel)
  void beginSample(context)
  const tabs = new Set(vscode.window.tabGroups.all.flatMap((group) => group.tabs))
  const extras = language.start().then(async () => {
    const { replaceOrphans, startExtras } = await import('./extras.ts')
    void replaceOrphans(context, tabs, isGivenBack, (kind, column) => restorePanel(kind, createPanel(kind, column)))
    const parts = startExtras({ log, language, supervisor, runs, last, values, graph })
    context.subscriptions.push(parts)
    return parts
  })

  const ofFile = answered(language)
  const later =
    (id: LaterCommand) =>
    async (...args: unknown[]): Promise<unknown> =>
      (await extras).commands[id](...args)
  return {
    commands: {
      'modeldriver.run': ofFile(runModel(language, runs)),
      'modeldriver.cancelRun': cancelRun(runs),
      'modeldriver.showGraph': ofFile(showGraph(graph)),
      'modeldriver.showInputs': ofFile(later('modeldriver.showInputs')),
      'modeldriver.showUsers': ofFile(later('modeldriver.showUsers')),
      'modeldriver.rename': ofFile(later('modeldriver.rename')),
      'modeldriver.convertToFeatures': ofFile(later('modeldriver.convertToFeatures')),
      'modeldriver.saveExpectation': later('modeldriver.saveExpectation'),
      'modeldriver.createManifest': ofFile(later('modeldriver.createManifest')),
      'modeldriver.generateTypes': ofFile(later('modeldriver.generateTypes')),
      'modeldriver.openSample': openSample(context),
      'modeldriver.showProblem': showProblem,
      'modeldriver.restartServer': () => language.restart(),
      'modeldriver.showLog': () => log.show(),
      'modeldriver.copyDiagnostics': copyDiagnostics(context, language),
    },
    models,
    restorePanel,
    stop: async () => {
      supervisor.dispose()
      await language.stop()
    },
  }
}
