import type { TruthWords } from '../ir/model.ts'

/** What is true and false where somebody says that it is: in English, and as Excel writes it in other languages. */
const usual: Required<TruthWords> = {
  true: ['true', 't', 'yes', 'y', '1', 'wahr', 'vrai', 'vero', 'verdadero', 'verdadeiro', 'waar'],
  false: ['false', 'f', 'no', 'n', '0', 'falsch', 'faux', 'falso', 'onwaar'],
}

/**
 * The texts that are read as true and as false, in small letters: the words that are said, else the usual ones; `true` and `false`
 * are always read, as files write what is no text.
 */
export function wordsRead(said: TruthWords = {}): Required<TruthWords> {
  const lower = (words: readonly string[]) => words.map((word) => word.trim().toLowerCase())
  const isTrue = lower(said.true ?? usual.true)
  const isFalse = lower(said.false ?? usual.false)
  return {
    true: [...isTrue, ...(isFalse.includes('true') ? [] : ['true'])],
    false: [...isFalse, ...(isTrue.includes('false') ? [] : ['false'])],
  }
}

/** What a text is read as; undefined when it is none of the words. */
export function truthRead(text: string, words: Required<TruthWords>): boolean | undefined {
  const word = text.trim().toLowerCase()
  if (words.true.includes(word)) return true
  return words.false.includes(word) ? false : undefined
}
