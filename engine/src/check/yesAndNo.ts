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

/** The words that the texts of a column are, as they are written there first; of one that is not there, as it is written else. */
export function yesAndNoOf(texts: readonly string[]): { readonly yes: string; readonly no: string } | undefined {
  const written = new Map([...texts].reverse().map((text) => [text.trim().toLowerCase(), text]))
  const pair =
    written.size === 0 ? undefined : pairs.find((words) => [...written.keys()].every((each) => words.includes(each)))
  return pair && { yes: written.get(pair[0]) ?? pair[0], no: written.get(pair[1]) ?? pair[1] }
}
