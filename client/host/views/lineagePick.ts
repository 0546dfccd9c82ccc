import { type LineageEntry, typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { kindWord } from '../words.ts'
import { openPlace } from './open.ts'

interface EntryItem extends vscode.QuickPickItem {
  readonly entry?: LineageEntry
  readonly graph?: true
}

const icons: Readonly<Record<LineageEntry['kind'], string>> = {
  column: '$(symbol-field)',
  row: '$(symbol-function)',
  group: '$(group-by-ref-type)',
  constant: '$(symbol-constant)',
}

export interface LineagePick {
  readonly title: string
  readonly entries: readonly LineageEntry[]
  /** Headings of the entries at depth 1 and of those further away. */
  readonly near: string
  readonly far: string
  readonly none: string
  readonly showInGraph: () => Promise<unknown>
}

/** Lists upstream inputs or users, at all levels; a pick jumps to its place. Resolves to the name that was picked. */
export async function pickLineage(pick: LineagePick): Promise<string | undefined> {
  const { entries, title } = pick
  const [near, far] = [entries.filter(({ depth }) => depth <= 1), entries.filter(({ depth }) => depth > 1)]
  const items: EntryItem[] = [
    ...section(near.length === 0 ? pick.none : pick.near, near),
    ...(far.length === 0 ? [] : section(pick.far, far)),
    heading(''),
    { label: `$(type-hierarchy) ${t('Show in graph')}`, graph: true, alwaysShow: true },
  ]
  const options = {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
    placeHolder: t('Type to filter, Enter to jump'),
  }
  const picked = await vscode.window.showQuickPick(items, options)
  if (picked?.graph) await pick.showInGraph()
  if (picked?.entry?.place !== undefined) await openPlace(picked.entry.place)
  return picked?.entry?.name
}

function section(label: string, entries: readonly LineageEntry[]): EntryItem[] {
  return [heading(label), ...entries.map(item)]
}

function heading(label: string): EntryItem {
  return { label, kind: vscode.QuickPickItemKind.Separator }
}

function item(entry: LineageEntry): EntryItem {
  const { name, kind, model, type, why, samples, unknown } = entry
  if (unknown)
    return {
      label: `$(error) ${name}`,
      description: t('not found'),
      detail: t('No column or feature has this name.'),
      entry,
    }
  const description = [kindWord(kind), typeName(type), model].filter((part) => part !== '').join(' · ')
  const detail = samples !== undefined && samples.length > 0 ? t('for example {0}', samples.join(', ')) : why
  return { label: `${icons[kind]} ${name}`, description, entry, ...(detail !== undefined && { detail }) }
}
