import type { Problem } from '@modeldriver/engine'
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver/node'
import { type Places, toDiagnostic } from './to-lsp.ts'
import type { ProjectState } from './workspace.ts'

export interface Publisher {
  /** Says what is wrong in every file of a project, closed files too; files of `touched` are always answered. */
  readonly publish: (project: ProjectState, touched: ReadonlySet<string>) => void
  /** Takes back what was said for a project. */
  readonly withdraw: (project: string) => void
}

/** Sends diagnostics file by file, and only where they changed. A file may be part of several projects. */
export function createPublisher(
  places: Places,
  versionOf: (path: string) => number | undefined,
  send: (params: PublishDiagnosticsParams) => void,
): Publisher {
  /** By file, then by project. */
  const said = new Map<string, Map<string, readonly Diagnostic[]>>()
  const sent = new Map<string, string>()

  const sendFile = (path: string, always: boolean) => {
    const byProject = said.get(path)
    const diagnostics = unique([...(byProject?.values() ?? [])].flat())
    const key = JSON.stringify(diagnostics)
    if (!always && (sent.get(path) ?? '[]') === key) return
    sent.set(path, key)
    const version = versionOf(path)
    send({ uri: places.uriOf(path), diagnostics, ...(version !== undefined && { version }) })
    if (diagnostics.length === 0) {
      said.delete(path)
      sent.delete(path)
    }
  }
  const say = (project: string, problems: ReadonlyMap<string, readonly Problem[]>, touched: ReadonlySet<string>) => {
    const before = [...said].filter(([, byProject]) => byProject.has(project)).map(([path]) => path)
    for (const path of new Set([...before, ...problems.keys(), ...touched])) {
      const byProject = said.get(path) ?? new Map<string, readonly Diagnostic[]>()
      said.set(path, byProject)
      const own = problems.get(path)
      if (own)
        byProject.set(
          project,
          own.map((problem) => toDiagnostic(places, problem)),
        )
      else byProject.delete(project)
      sendFile(path, touched.has(path))
    }
  }

  return {
    publish: ({ path, analysis }, touched) => {
      const { project, files } = analysis.snapshot
      const own = new Set([...touched].filter((file) => file === project.path || files.has(file)))
      say(path, byPath(analysis.problems.filter(({ code }) => code !== syntaxError)), own)
    },
    withdraw: (project) => say(project, new Map(), new Set()),
  }
}

const unique = (diagnostics: readonly Diagnostic[]): Diagnostic[] => [
  ...new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic])).values(),
]

/** Left to the editor's own language service, which says it at every place. */
const syntaxError = 'MD034'

function byPath(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const grouped = new Map<string, Problem[]>()
  for (const problem of problems) {
    const list = grouped.get(problem.path)
    if (list) list.push(problem)
    else grouped.set(problem.path, [problem])
  }
  return grouped
}
