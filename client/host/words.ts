import type { GraphNode } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'

/** `row feature`: what an entry of a list is. */
export function kindWord(kind: GraphNode['kind'] | 'pipeline'): string {
  if (kind === 'row') return t('row feature')
  if (kind === 'group') return t('group feature')
  if (kind === 'column') return t('column')
  if (kind === 'constant') return t('constant')
  return kind === 'model' ? t('model') : t('pipeline')
}

/** `per day`: what one group of a model is. */
export function keyWords(groupBy: readonly string[] | undefined): string | undefined {
  if (groupBy === undefined) return undefined
  return groupBy.length === 0 ? t('one group') : t('per {0}', groupBy.join(', '))
}
