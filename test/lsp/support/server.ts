import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node'
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  PublishDiagnosticsParams,
  WorkspaceEdit,
} from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { serverBundle } from './bundle.ts'

/** A language server over stdio, with a folder of files and the editor's side of the conversation. */
export interface Server {
  readonly initialized: InitializeResult
  /** From the start of the process to the answer of `initialize`. */
  readonly startMs: number
  readonly pid: number
  /** What the server wrote to its error stream so far. */
  readonly errors: () => string
  readonly uri: (path: string) => string
  readonly text: (path: string) => string
  readonly open: (path: string, text?: string) => void
  readonly close: (path: string) => void
  /** Types: replaces the first `from` in an open text by `to`, as one incremental change. Gives the new version. */
  readonly edit: (path: string, from: string, to: string) => number
  /** Replaces a range of offsets in an open text, as one incremental change. Gives the new version. */
  readonly replace: (path: string, start: number, end: number, to: string) => number
  /** Makes the changes of an edit in open texts, last place first. */
  readonly apply: (edit: WorkspaceEdit | undefined) => void
  /** Saves a file from outside the editor; without text the file is deleted. */
  readonly write: (path: string, text: string | undefined) => void
  /** Saves and deletes many files from outside, told in one notification. */
  readonly writeAll: (files: Readonly<Record<string, string | undefined>>) => void
  /** Moves a file or folder from outside. Of a folder the editor tells only itself. */
  readonly move: (from: string, to: string) => void
  /** Where a file is on disk. */
  readonly place: (path: string) => string
  readonly request: <T>(method: string, params: object) => Promise<T>
  readonly notify: (method: string, params: object) => void
  /** A request about `path` is answered: all that was sent before is taken in, and its diagnostics are here. */
  readonly settled: (path: string) => Promise<void>
  /** Becomes true with what the server has said, or with what it says next. */
  readonly until: (isTrue: () => boolean) => Promise<void>
  /** The next diagnostics of a file that satisfy `accept`. */
  readonly published: (path: string, accept: (params: PublishDiagnosticsParams) => boolean) => Promise<void>
  readonly diagnostics: (path: string) => readonly Diagnostic[]
  /** Diagnostics of a file as lines: code, the marked text, the message. */
  readonly problems: (path: string) => readonly string[]
  readonly notifications: readonly { readonly method: string; readonly params: unknown }[]
  /** Asks the server to end, and waits until it did. Gives its exit code. */
  readonly stop: () => Promise<number | null>
}

export interface ServerOptions {
  readonly nodeArguments?: readonly string[]
  /** The folders of the workspace; without, the folder of all files. */
  readonly folders?: readonly string[]
  /** What the editor says it can do; by default what the tests need. */
  readonly capabilities?: ClientCapabilities
  /** What it starts the server with; by default what ModelDriver's own client does. */
  readonly initializationOptions?: object | null
  /** The language of the editor. */
  readonly locale?: string
  /** What is started; without, the bundled server. */
  readonly program?: string
}

export const defaultCapabilities: ClientCapabilities = {
  workspace: {
    didChangeWatchedFiles: { dynamicRegistration: true },
    codeLens: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true },
    publishDiagnostics: { codeDescriptionSupport: true },
    hover: { contentFormat: ['markdown'] },
    completion: {
      completionItem: { insertReplaceSupport: true, labelDetailsSupport: true, documentationFormat: ['markdown'] },
      completionList: { itemDefaults: ['editRange'] },
    },
  },
}

/** An address of a file as Node writes it: others encode more characters than need be. */
const normal = (uri: string): string => (uri.startsWith('file:') ? pathToFileURL(fileURLToPath(uri)).toString() : uri)

const fileChange = { created: 1, changed: 2, deleted: 3 } as const

/** Starts a server beside `files`, texts by path, which are written into a folder of their own. */
export async function startServer(
  files: ReadonlyMap<string, string>,
  {
    nodeArguments = [],
    folders = ['/'],
    capabilities = defaultCapabilities,
    initializationOptions = { commands: true },
    locale,
    program,
  }: ServerOptions = {},
): Promise<Server> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'modeldriver lsp é-')))
  const place = (path: string) => join(folder, path)
  const save = (path: string, text: string) => {
    mkdirSync(dirname(place(path)), { recursive: true })
    writeFileSync(place(path), text)
  }
  for (const [path, text] of files) save(path, text)

  const script = program ?? (await serverBundle())
  const startedAt = performance.now()
  const child = spawn(process.execPath, [...nodeArguments, script, '--stdio'], {
    stdio: 'pipe',
    cwd: tmpdir(),
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )

  const uri = (path: string) => pathToFileURL(place(path)).toString()
  const documents = new Map<string, TextDocument>()
  const diagnostics = new Map<string, readonly Diagnostic[]>()
  const notifications: { method: string; params: unknown }[] = []
  const waiting = new Set<(params: PublishDiagnosticsParams) => void>()
  const looking = new Set<() => void>()
  const heard = (method: string, params: unknown) => {
    notifications.push({ method, params })
    for (const look of looking) look()
  }

  connection.onNotification(heard)
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    diagnostics.set(normal(params.uri), params.diagnostics)
    for (const wait of waiting) wait(params)
    heard('textDocument/publishDiagnostics', params)
  })
  connection.onRequest('client/registerCapability', () => null)
  connection.onRequest('workspace/codeLens/refresh', () => null)
  connection.listen()

  const notify = (method: string, params: object) => void connection.sendNotification(method, params)
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.length > 0 ? folders.map((name) => ({ uri: uri(name), name })) : null,
    capabilities,
    initializationOptions,
    ...(locale !== undefined && { locale }),
  })
  const startMs = performance.now() - startedAt

  notify('initialized', {})

  const text = (path: string) =>
    documents.get(path)?.getText() ?? (existsSync(place(path)) ? readFileSync(place(path), 'utf8') : '')
  const document = (path: string) => TextDocument.create(uri(path), '', 0, text(path))
  const replace = (path: string, start: number, end: number, to: string): number => {
    const before = documents.get(path)
    if (!before) throw new Error(`${path} is not open`)
    const change = { range: { start: before.positionAt(start), end: before.positionAt(end) }, text: to }
    const after = TextDocument.update(before, [change], before.version + 1)
    documents.set(path, after)
    notify('textDocument/didChange', {
      textDocument: { uri: uri(path), version: after.version },
      contentChanges: [change],
    })
    return after.version
  }
  const saved = (path: string, content: string | undefined) => {
    const type =
      content === undefined ? fileChange.deleted : existsSync(place(path)) ? fileChange.changed : fileChange.created
    if (content === undefined) rmSync(place(path))
    else save(path, content)
    return { uri: uri(path), type }
  }
  return {
    initialized,
    startMs,
    pid: child.pid ?? 0,
    errors: () => stderr,
    uri,
    text,
    notifications,
    notify,
    request: (method, params) => connection.sendRequest(method, params),
    open: (path, content = text(path)) => {
      documents.set(path, TextDocument.create(uri(path), 'typescript', 1, content))
      notify('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId: 'typescript', version: 1, text: content },
      })
    },
    close: (path) => {
      documents.delete(path)
      notify('textDocument/didClose', { textDocument: { uri: uri(path) } })
    },
    replace,
    edit: (path, from, to) => {
      const start = documents.get(path)?.getText().indexOf(from) ?? -1
      if (start < 0) throw new Error(`'${from}' is not in the open text of ${path}`)
      return replace(path, start, start + from.length, to)
    },
    write: (path, content) => notify('workspace/didChangeWatchedFiles', { changes: [saved(path, content)] }),
    writeAll: (all) =>
      notify('workspace/didChangeWatchedFiles', {
        changes: Object.entries(all).map(([path, content]) => saved(path, content)),
      }),
    move: (from, to) => {
      mkdirSync(dirname(place(to)), { recursive: true })
      renameSync(place(from), place(to))
      const changes = [
        { uri: uri(from), type: fileChange.deleted },
        { uri: uri(to), type: fileChange.created },
      ]
      notify('workspace/didChangeWatchedFiles', { changes })
    },
    apply: (edit) => {
      for (const change of edit?.documentChanges ?? []) {
        if (!('edits' in change)) throw new Error(`${change.kind} is not known here`)
        const [path, before] = [...documents].find(([open]) => uri(open) === change.textDocument.uri) ?? []
        if (path === undefined || !before) throw new Error(`${change.textDocument.uri} is not open`)
        if (change.textDocument.version !== before.version) throw new Error(`${path} moved on`)
        const edits = change.edits.flatMap((each) => ('newText' in each ? [each] : []))
        const placed = edits.map(({ range, newText }) => ({
          start: before.offsetAt(range.start),
          end: before.offsetAt(range.end),
          newText,
        }))
        for (const { start, end, newText } of placed.sort((a, b) => b.start - a.start))
          replace(path, start, end, newText)
      }
    },
    place,
    until: (isTrue) =>
      new Promise((resolve) => {
        const look = () => {
          if (!isTrue()) return
          looking.delete(look)
          resolve()
        }
        looking.add(look)
        look()
      }),
    settled: async (path) => {
      await connection.sendRequest('modeldriver/target', { uri: uri(path) })
    },
    published: (path, accept) =>
      new Promise((resolve) => {
        const wait = (params: PublishDiagnosticsParams) => {
          if (normal(params.uri) !== uri(path) || !accept(params)) return
          waiting.delete(wait)
          resolve()
        }
        waiting.add(wait)
      }),
    diagnostics: (path) => diagnostics.get(uri(path)) ?? [],
    problems: (path) =>
      (diagnostics.get(uri(path)) ?? []).map(
        ({ code, message, range }) => `${code} '${document(path).getText(range)}' ${message}`,
      ),
    stop: async () => {
      await connection.sendRequest('shutdown')
      notify('exit', {})
      const code = await ended
      connection.dispose()
      rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}
