import { t } from '@vscode/l10n'
import type { Language } from '../language/client.ts'
import type { GraphPanel } from '../panels/graph.ts'
import { sayNoFile } from '../views/active.ts'
import { pickLineage } from '../views/lineagePick.ts'
import { featureOf, fileOf, nameOf } from './subject.ts'

/** `[uri, feature]`: what is made from a feature, at all levels. Resolves to the user that was picked. */
export const showUsers =
  (language: Language, graph: GraphPanel) =>
  async (file?: unknown, name?: unknown): Promise<string | undefined> => {
    const uri = fileOf(file)
    if (uri === undefined) return sayNoFile()
    const ref = await featureOf(language, uri, nameOf(file, name))
    const lineage = ref && (await language.lineage(ref))
    if (ref === undefined || lineage === undefined) return undefined
    return pickLineage({
      title: t('Users of {0}', ref.feature),
      entries: lineage.users,
      near: t('direct users'),
      far: t('further downstream'),
      none: t('nothing uses it'),
      showInGraph: () => graph.show(uri, ref.feature),
    })
  }
