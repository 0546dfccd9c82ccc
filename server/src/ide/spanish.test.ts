import { readFileSync } from 'node:fs'
import { config } from '@vscode/l10n'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reasonText } from './reasons.ts'
import { titleText } from './titles.ts'

const reasons = [
  ["'clean' returns no table.", "'clean' no devuelve ninguna tabla."],
  [
    "In 'clean' 'share' calls op.ntile, which no feature has.",
    "En 'clean', 'share' llama a op.ntile, que ninguna característica tiene.",
  ],
  ["'clean' calls .filter(), which leaves rows out.", "'clean' llama a .filter(), que deja fuera filas."],
  [
    "'clean' groups by 'pin', and the group_by of the model is not there.",
    "'clean' agrupa por 'pin', y el group_by del modelo no está.",
  ],
  [
    "'clean' stands in a file of two models. Give each its own.",
    "'clean' está en un archivo de dos modelos. Dé a cada uno el suyo.",
  ],
  ['something that was never said', 'something that was never said'],
] as const

test.each(reasons)('in English, %s stays as it is', (reason) => {
  expect(reasonText(reason)).toBe(reason)
})

describe('in Spanish', () => {
  const words = readFileSync(new URL('../../../l10n/bundle.l10n.es.json', import.meta.url), 'utf8')
  beforeAll(() => config({ contents: words }))
  afterAll(() => config({ contents: {} }))

  test('titles have lists of names in the language, too', () => {
    const title = "Extract 'a.sum()' and 'b.sum()' into group features 'total_a' and 'total_b'"
    expect(titleText(title)).toBe("Extraer 'a.sum()' y 'b.sum()' a las características de grupo 'total_a' y 'total_b'")
  })

  test.each(reasons)('%s is %s', (reason, said) => {
    expect(reasonText(reason)).toBe(said)
  })
})
