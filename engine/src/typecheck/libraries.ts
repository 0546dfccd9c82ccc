import { getLibFiles } from '@ts-morph/common'

/** TypeScript's own declarations of the language by file name: `lib.es5.d.ts`. */
export type LibraryTexts = ReadonlyMap<string, string>

/** What feature files may use: the language of 2023, without a browser around it. */
export function libraryTexts(): LibraryTexts {
  const all = new Map(getLibFiles().map(({ fileName, text }) => [fileName, text]))
  const needed = new Map<string, string>()
  const take = (name: string): void => {
    const text = all.get(name)
    if (text === undefined || needed.has(name)) return
    needed.set(name, text)
    for (const [, lib] of text.matchAll(/<reference lib="([^"]+)"/g)) take(`lib.${lib}.d.ts`)
  }
  take('lib.es2023.d.ts')
  return needed
}
