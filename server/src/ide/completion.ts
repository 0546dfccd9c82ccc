import { type Analysis, isFeatureFile, isManifest, rules } from '@modeldriver/engine'
import { commentAt } from './completion/comments.ts'
import { inputsAt } from './completion/inputs.ts'
import type { CompletionContext, CompletionList, Subject } from './completion/list.ts'
import { manifestItemsAt } from './completion/manifest.ts'
import { membersAt } from './completion/members.ts'
import { nameText } from './hover/facts.ts'
import { memberText } from './hover/member.ts'

/** What may be written at a place of a feature file or the manifest; nothing where TypeScript or the JSON service knows better. */
export function completionAt(context: CompletionContext, path: string, offset: number): CompletionList | undefined {
  const list = listAt(context, path, offset)
  return list && list.items.length > 0 ? list : undefined
}

function listAt(context: CompletionContext, path: string, offset: number): CompletionList | undefined {
  if (isManifest(path)) return manifestItemsAt(context, path, offset)
  if (!isFeatureFile(path)) return undefined
  return membersAt(context, path, offset) ?? inputsAt(context, path, offset) ?? commentAt(context, path, offset)
}

/** What is said of an item when it is looked at: Markdown. */
export function documentationOf(analysis: Analysis, subject: Subject): string | undefined {
  if (subject.kind === 'member') return memberText(subject.name, subject.of)
  if (subject.kind === 'rule') return rules.find(({ code }) => code === subject.code)?.doc
  const model = analysis.models.find((candidate) => candidate.model.name === subject.model)
  return model && nameText(analysis, model, subject.name)
}
