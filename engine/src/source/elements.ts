import type { Feature } from '../ir/feature.ts'
import type { ValueType } from '../ir/values.ts'

/**
 * `price[0]` is a letter of one text or a row of a column, and only the type tells which. The first of them that stands on
 * row-level values known to be no text: there the whole column is read.
 */
export function elementOfColumn(
  { body }: Pick<Feature, 'body'>,
  typeOfRows: (name: string) => ValueType | undefined,
): string | undefined {
  return body.elements?.find(({ input }) => {
    const type = typeOfRows(input)
    return type !== undefined && type !== 'string'
  })?.text
}
