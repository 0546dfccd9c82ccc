import { t } from '@vscode/l10n'
import type { Language } from '../language/client.ts'
import type { GraphPanel } from '../panels/graph.ts'
import { sayNoFile } from '../views/active.ts'
import { pickLineage } from '../views/lineagePick.ts'
import { featureOf, fileOf, nameOf } from './subject.ts'

/** `[uri, feature]`: what a feature is made from, at all levels. Resolves to the input that was picked. */
export const showInputs =
  (language: Language, graph: GraphPanel) =>
  async (file?: unknown, name?: unknown): Promise<string | undefined> => {
    const uri = fileOf(file)
    if (uri === undefined) return sayNoFile()
    const ref = await featureOf(language, uri, nameOf(file, name))
    const lineage = ref && (await language.lineage(ref))
    if (ref === undefined || lineage === undefined) return undefined
    return pickLineage({
      title: t('Upstream inputs of {0}', ref.feature),
      entries: lineage.upstream,
      near: t('direct inputs'),
      far: t('further upstream'),
      none: t('no inputs: a constant'),
      showInGraph: () => graph.show(uri, ref.feature),
    })
  }
