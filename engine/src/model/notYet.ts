import type { Model } from '../ir/model.ts'

/** The words of a model that are checked but that nothing can compute yet, as the manifest writes them. */
export function notYetComputed({ legacyMode, groupOrder }: Model): readonly string[] {
  return [...(legacyMode ? ['legacy_mode'] : []), ...(groupOrder ? ['group_order'] : [])]
}
