import type { FeatureFile } from '../ir/feature.ts'

/**
 * Reads feature files of one language. Remembers what it read per path, so that reading a text that changed a little
 * costs a little; the answer is the same as that of a reader that remembers nothing. Never throws and never runs
 * the file's code: a broken file still gives the features that can be read.
 */
export interface FeatureReader {
  /** `path` names the text and decides its dialect by extension. Spans are UTF-16 offsets in `text`. */
  read(path: string, text: string): FeatureFile
  /** Drops what is remembered of a file. */
  forget(path: string): void
}
