import { readFile } from 'node:fs/promises'
import type { ExpectationResult, RunnerMessage } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { unsavedTexts } from '../runner/overlay.ts'
import type { Supervisor } from '../runner/supervisor.ts'
import { mayRun } from '../runner/trust.ts'
import { runSettings } from '../settings.ts'
import { expectationPlaces } from './places.ts'

export const expectationsPattern = '**/*.expect.json'

/** The expectations of the workspace in the Test Explorer: run in place, with what was expected beside what is. */
export function createExplorer(supervisor: Supervisor): vscode.Disposable {
  const controller = vscode.tests.createTestController('modeldriver.expectations', t('ModelDriver Expectations'))
  const watcher = vscode.workspace.createFileSystemWatcher(expectationsPattern)

  const read = async (uri: vscode.Uri): Promise<void> => {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())
    const text = open?.getText() ?? (await readFile(uri.fsPath, 'utf8').catch(() => ''))
    const file = controller.items.get(uri.toString()) ?? controller.createTestItem(uri.toString(), nameOf(uri), uri)
    const places = expectationPlaces(text)
    file.error =
      places.length > 0
        ? undefined
        : t('No expectations can be read in this file: it is no valid JSON, or its list "expectations" is empty.')
    file.children.replace(
      places.map(({ name, line }) => {
        const item = controller.createTestItem(`${uri} ${name}`, name, uri)
        item.range = new vscode.Range(line, 0, line, 0)
        return item
      }),
    )
    controller.items.add(file)
  }
  const find = async (): Promise<void> => {
    const found = await vscode.workspace.findFiles(expectationsPattern, '**/node_modules/**')
    await Promise.all(found.map(read))
  }

  const run = async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
    if (!(await mayRun())) return
    const test = controller.createTestRun(request)
    const asked = request.include ?? [...controller.items].map(([, item]) => item)
    try {
      for (const [uri, items] of byFile(asked, request.exclude ?? [])) {
        if (token.isCancellationRequested) break
        for (const item of items) test.started(item)
        tell(test, items, await results(uri, items))
      }
    } finally {
      test.end()
    }
  }

  const results = async (uri: vscode.Uri, items: readonly vscode.TestItem[]): Promise<RunnerMessage | undefined> => {
    const { featureTimeoutMs, memoryMb } = runSettings()
    const names = items.map(({ label }) => label)
    const question = { kind: 'expect', path: uri.fsPath, names, featureTimeoutMs } as const
    return supervisor.request({ ...question, overlay: { ...unsavedTexts(), ...(await unsaved(uri)) } }, memoryMb)
  }

  controller.resolveHandler = (item) => (item === undefined ? find() : undefined)
  controller.refreshHandler = find
  controller.createRunProfile(t('Run'), vscode.TestRunProfileKind.Run, run, true)
  void find()
  return vscode.Disposable.from(
    controller,
    watcher,
    watcher.onDidCreate(read),
    watcher.onDidChange(read),
    watcher.onDidDelete((uri) => controller.items.delete(uri.toString())),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.path.endsWith('.expect.json')) void read(document.uri)
    }),
  )
}

const nameOf = (uri: vscode.Uri): string => uri.path.split('/').at(-1) ?? uri.path

async function unsaved(uri: vscode.Uri): Promise<Readonly<Record<string, string>>> {
  const open = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  )
  return open ? { [uri.fsPath]: open.getText() } : {}
}

function byFile(
  asked: readonly vscode.TestItem[],
  excluded: readonly vscode.TestItem[],
): ReadonlyMap<vscode.Uri, readonly vscode.TestItem[]> {
  const files = new Map<vscode.Uri, vscode.TestItem[]>()
  const add = (item: vscode.TestItem): void => {
    if (excluded.includes(item)) return
    if (item.children.size > 0) item.children.forEach(add)
    else if (item.parent && item.uri)
      files.set(item.parent.uri ?? item.uri, [...(files.get(item.parent.uri ?? item.uri) ?? []), item])
  }
  asked.forEach(add)
  return files
}

function tell(test: vscode.TestRun, items: readonly vscode.TestItem[], answer: RunnerMessage | undefined): void {
  if (answer?.kind !== 'expected') {
    const message =
      answer?.kind === 'failed'
        ? answer.problems.map((problem) => problem.message).join('\n')
        : t(
            'The run process ended before the expectation was computed. A feature may need too much memory, or end the process.',
          )
    for (const item of items) test.errored(item, new vscode.TestMessage(message))
    return
  }
  for (const item of items) {
    const result = answer.results.find(({ name }) => name === item.label)
    if (result === undefined) test.skipped(item)
    else if (result.differences.length === 0 && result.problems.length === 0) test.passed(item)
    else test.failed(item, messages(item, result))
  }
}

function messages(item: vscode.TestItem, { differences, problems }: ExpectationResult): vscode.TestMessage[] {
  const here = item.uri && item.range && new vscode.Location(item.uri, item.range)
  return [
    ...problems.map(({ message, path, line = 0, character = 0 }) => {
      const told = new vscode.TestMessage(message)
      const place =
        path === undefined ? here : new vscode.Location(vscode.Uri.file(path), new vscode.Position(line, character))
      if (place) told.location = place
      return told
    }),
    ...differences.map(({ at, column, expected, actual }) => {
      const what = column === '' ? t('group {0}', at) : t('{0} of {1}', column, at)
      const message = t('{0}: expected {1}, is {2}', what, expected, actual)
      const told = vscode.TestMessage.diff(message, expected, actual)
      if (here) told.location = here
      return told
    }),
  ]
}
