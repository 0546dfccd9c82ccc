import type { Problem } from '@modeldriver/engine'
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver/node'
import { type Places, toDiagnostic } from './to-lsp.ts'
import type { ProjectState } from './workspace.ts'

export interface Publisher {
  /** Takes in what is wrong in every file of a project, closed files too; open files of `touched` are always answered. */
  readonly publish: (project: ProjectState, touched: ReadonlySet<string>) => void
  /** Takes back what was said for a project. */
  readonly withdraw: (project: string) => void
  /** Sends what changed, each file once. */
  readonly send: () => void
}

/** Keeps diagnostics file by file, and sends them only where they changed. A file may be part of several projects. */
export function createPublisher(
  places: Places,
  versionOf: (path: string) => number | undefined,
  send: (params: PublishDiagnosticsParams) => void,
): Publisher {
  /** By file, then by project. */
  const said = new Map<string, Map<string, readonly Diagnostic[]>>()
  const sent = new Map<string, { readonly uri: string; readonly key: string }>()
  /** Files to look at before the next `send`; true: to be answered in any case. */
  const waiting = new Map<string, boolean>()

  const sendFile = (path: string, always: boolean) => {
    const byProject = said.get(path)
    const unique = new Map([...(byProject?.values() ?? [])].flat().map((each) => [JSON.stringify(each), each]))
    if (byProject?.size === 0) said.delete(path)
    const key = [...unique.keys()].join()
    const uri = places.uriOf(path)
    const before = sent.get(path)
    // Such as a text that was saved, or closed without.
    const isElsewhere = before !== undefined && before.uri !== uri
    if (isElsewhere) send({ uri: before.uri, diagnostics: [] })
    if (!always && !isElsewhere && (before?.key ?? '') === key) return
    const diagnostics = [...unique.values()]
    if (diagnostics.length === 0) sent.delete(path)
    else sent.set(path, { uri, key })
    const version = versionOf(path)
    send({ uri, diagnostics, ...(version !== undefined && { version }) })
  }
  const say = (project: string, problems: ReadonlyMap<string, readonly Problem[]>) => {
    const remembered = remember(places)
    const before = [...said].filter(([, byProject]) => byProject.has(project)).map(([path]) => path)
    for (const path of new Set([...before, ...problems.keys()])) {
      const byProject = said.get(path) ?? new Map<string, readonly Diagnostic[]>()
      said.set(path, byProject)
      const own = problems.get(path)
      if (own)
        byProject.set(
          project,
          own.map((problem) => toDiagnostic(remembered, problem)),
        )
      else byProject.delete(project)
      waiting.set(path, waiting.get(path) ?? false)
    }
  }

  return {
    publish: ({ path, analysis }, touched) => {
      const { project, files } = analysis.snapshot
      say(path, byPath(analysis.problems.filter(({ code, data }) => code !== syntaxError || data?.isOurs)))
      for (const file of touched) {
        if ((file === project.path || files.has(file)) && versionOf(file) !== undefined) waiting.set(file, true)
      }
    },
    withdraw: (project) => say(project, new Map()),
    send: () => {
      for (const [path, always] of waiting) sendFile(path, always)
      waiting.clear()
    },
  }
}

/** Left to the editor's own language service, which says it at every place, unless only we cannot read it. */
const syntaxError = 'MD034'

/** Asks for each file once: of a file that is not open, its text is looked for on disk. */
function remember({ document, uriOf, ...places }: Places): Places {
  return { ...places, document: once(document), uriOf: once(uriOf) }
}

function once<T>(ask: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>()
  return (path) => {
    if (!known.has(path)) known.set(path, ask(path))
    return known.get(path) as T
  }
}

function byPath(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const grouped = new Map<string, Problem[]>()
  for (const problem of problems) {
    const list = grouped.get(problem.path)
    if (list) list.push(problem)
    else grouped.set(problem.path, [problem])
  }
  return grouped
}
