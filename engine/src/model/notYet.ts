import type { Model } from '../ir/model.ts'

/** The words of a model that are checked but that nothing can compute yet, as the manifest writes them. */
export const notYetComputed = ({ legacyMode }: Model): readonly string[] => (legacyMode ? ['legacy_mode'] : [])
