import type { AnalysedModel, Analysis, Feature, Location, SourceNames, Span, TextEdit } from '@modeldriver/engine'
import { basename } from '@modeldriver/engine'
import { t } from '@vscode/l10n'
import { type Giver, type Moves, movesOf } from './naming.ts'
import { type Alias, manifestEdits } from './rename-manifest.ts'
import { refusalOf } from './rename-refusals.ts'
import { keysInComment, type Subject, subjectAt, type TextOf } from './subject.ts'

export type Rename =
  | {
      readonly kind: 'edits'
      readonly edits: readonly TextEdit[]
      /** Where the function of a renamed feature is named, whose users outside of the project are not known here. */
      readonly functions: readonly (Location & { readonly to: string })[]
      /** What must be confirmed, when a column of the data gets a name of its own: the manifest is added to. */
      readonly alias?: Alias
    }
  /** A sentence: why not, and what to do. */
  | { readonly kind: 'refused'; readonly message: string }

/** What a rename needs besides the analysis. */
export interface RenameTools {
  readonly textOf: TextOf
  readonly names: SourceNames
}

/** What a rename at this place would rename, and the text that stands there. Undefined: not ours. */
export function prepareRename(
  analysis: Analysis,
  path: string,
  offset: number,
  textOf: TextOf,
): Pick<Subject, 'span' | 'name'> | undefined {
  const subject = subjectAt(analysis, path, offset, textOf)
  return subject?.given && subject
}

/**
 * Another name for the column or feature at a place, in the function, in every parameter of every model that reads it, in the
 * manifest. Undefined: not ours.
 */
export function renameAt(
  analysis: Analysis,
  path: string,
  offset: number,
  to: string,
  tools: RenameTools,
): Rename | undefined {
  const subject = subjectAt(analysis, path, offset, tools.textOf)
  if (!subject?.given) return undefined
  const { prefix, giver } = subject.given
  const moves = movesOf(analysis, giver, to.slice(prefix.length))
  const message = refusalOf(analysis, subject.name, subject.given, moves, to)
  if (message !== undefined) return { kind: 'refused', message }
  const collected = new Collected(analysis, tools)
  for (const each of moves.givers) if (each.giver.kind === 'feature') collected.feature(each.giver.feature, each.to)
  for (const [model, names] of moves.names) collected.inputs(model, names)
  if (collected.refusal !== undefined) return { kind: 'refused', message: collected.refusal }

  const { edits, alias } = manifestEdits(analysis, moves)
  const comment = commentEdits(analysis, moves, tools)
  const functions = moves.givers.flatMap((each) => {
    if (!isImportable(each.giver)) return []
    const { path, nameSpan } = each.giver.feature
    return [{ path, span: nameSpan, to: each.to }]
  })
  return {
    kind: 'edits',
    edits: unique([...collected.edits, ...edits, ...comment]),
    functions,
    ...(alias && { alias }),
  }
}

/** Collects the edits of feature files, or the first reason against them. */
class Collected {
  readonly edits: TextEdit[] = []
  refusal: string | undefined

  constructor(
    private readonly analysis: Analysis,
    private readonly tools: RenameTools,
  ) {}

  feature(feature: Feature, to: string): void {
    const { names, textOf } = this.tools
    this.add(feature.path, feature.name, to, (file) => names.renameFeature(file, feature, to))
    if (feature.exportName !== feature.name) return
    for (const path of this.analysis.snapshot.files.keys()) {
      if (path === feature.path || !textOf(path)?.includes(feature.name)) continue
      this.add(path, feature.name, to, (file) => names.renameImport(file, feature.path, feature.name, to))
    }
  }

  inputs(model: AnalysedModel, moved: ReadonlyMap<string, string>): void {
    for (const feature of [...model.features.values(), ...model.duplicates]) {
      for (const input of feature.inputs) {
        const to = moved.get(input.name)
        if (to === undefined || to === input.name) continue
        this.add(feature.path, feature.name, to, (file) => this.tools.names.renameInput(file, feature, input, to))
      }
    }
  }

  private add(
    path: string,
    feature: string,
    to: string,
    rename: (file: { readonly path: string; readonly text: string }) => ReturnType<SourceNames['renameFeature']>,
  ): void {
    const text = this.tools.textOf(path)
    const result = text === undefined ? ({ kind: 'unreadable' } as const) : rename({ path, text })
    if (result.kind === 'edits') this.edits.push(...result.edits)
    else if (result.kind === 'unreadable')
      this.refusal ??= t(
        "'{0}' in {1} cannot be read well enough to be changed. Repair the file first.",
        feature,
        basename(path),
      )
    else {
      const line = (text ?? '').slice(0, result.span.start).split('\n').length
      this.refusal ??= t(
        "'{0}' already stands for something else where '{1}' needs it ({2}, line {3}). Rename that first, or choose another name.",
        to,
        feature,
        basename(path),
        line,
      )
    }
  }
}

function commentEdits(analysis: Analysis, { names }: Moves, { textOf }: RenameTools): readonly TextEdit[] {
  const { path } = analysis.snapshot.project
  return keysInComment(analysis, path, textOf(path) ?? '').flatMap(({ model, name, span }) => {
    const to = names.get(model)?.get(name)
    return to === undefined || to === name ? [] : [{ path, span, text: to }]
  })
}

const isImportable = (giver: Giver): giver is Giver & { readonly kind: 'feature' } =>
  giver.kind === 'feature' && giver.feature.exportName === giver.feature.name

/** A function or file may be part of several models. */
function unique(edits: readonly TextEdit[]): readonly TextEdit[] {
  const key = ({ path, span }: { readonly path: string; readonly span: Span }) => `${span.start} ${span.end} ${path}`
  return [...new Map(edits.map((edit) => [key(edit), edit])).values()]
}
