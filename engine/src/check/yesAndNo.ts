/** Words for true and for false that stand together in data. */
const pairs: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
  ['on', 'off'],
  ['ja', 'nein'],
  ['j', 'n'],
  ['ja', 'nee'],
  ['ja', 'nej'],
  ['ja', 'nei'],
  ['sí', 'no'],
  ['si', 'no'],
  ['sì', 'no'],
  ['oui', 'non'],
  ['sim', 'não'],
  ['tak', 'nie'],
  ['да', 'нет'],
  ['wahr', 'falsch'],
  ['vrai', 'faux'],
  ['verdadero', 'falso'],
  ['verdadeiro', 'falso'],
  ['vero', 'falso'],
]

export interface YesAndNo {
  readonly yes: string
  readonly no: string
  /** What else there is. */
  readonly others: readonly string[]
}

/**
 * The words for true and false among the texts of a column, as they are written there first; of one that is not there, as it is
 * written else. Where there are other texts, both must be there.
 */
export function yesAndNoOf(texts: readonly string[]): YesAndNo | undefined {
  const written = new Map([...texts].reverse().map((text) => [text.trim().toLowerCase(), text]))
  const words = [...written.keys()]
  const pair =
    written.size === 0
      ? undefined
      : (pairs.find((both) => words.every((word) => both.includes(word))) ??
        pairs.find((both) => both.every((word) => written.has(word))))
  if (!pair) return undefined
  const [yes, no] = pair
  const others = texts.filter((text) => written.get(text.trim().toLowerCase()) === text && !isOneOf(text, pair))
  return { yes: written.get(yes) ?? yes, no: written.get(no) ?? no, others }
}

const isOneOf = (text: string, words: readonly string[]): boolean => words.includes(text.trim().toLowerCase())
