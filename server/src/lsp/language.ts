import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { config } from '@vscode/l10n'

/** Gives the server its words in the language of the editor (`es`, `es-MX`, `es_ES.UTF-8`), when they ship beside dist/; else they are English. */
export function speak(locale: string | undefined): void {
  const [language] = /^[a-z]+/i.exec(locale ?? '') ?? []
  const words = join(__dirname, `../l10n/bundle.l10n.${language}.json`)
  if (language !== undefined && existsSync(words)) config({ contents: readFileSync(words, 'utf8') })
}
