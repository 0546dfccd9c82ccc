import { type Analysis, isManifest } from '@modeldriver/engine'
import { featureHoverAt } from './hover/feature.ts'
import type { Hover } from './hover/hovered.ts'
import { manifestHoverAt } from './hover/manifest.ts'
import type { TextOf } from './subject.ts'

/** Facts about what is under the cursor that the editor's own services cannot know. */
export const hoverAt = (analysis: Analysis, path: string, offset: number, textOf: TextOf): Hover | undefined =>
  isManifest(path) ? manifestHoverAt(analysis, offset) : featureHoverAt(analysis, path, offset, textOf)
