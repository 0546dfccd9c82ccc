import { t } from '@vscode/l10n'
import * as vscode from 'vscode'
import { isOnDisk } from '../files.ts'
import type { Language } from '../language/client.ts'
import { fileOf } from './subject.ts'

type Command = (...args: unknown[]) => unknown

/** A command about a file. Where the file is on no disk, or no server answers, that is said instead. */
export const answered =
  (language: Language) =>
  (command: Command): Command =>
  async (...args) =>
    (await canAnswer(language, fileOf(args[0]))) ? command(...args) : undefined

async function canAnswer(language: Language, file: string | undefined): Promise<boolean> {
  const uri = file === undefined ? undefined : vscode.Uri.parse(file)
  if (uri !== undefined && !isOnDisk(uri)) {
    void vscode.window.showWarningMessage(
      t(
        '{0} is in no folder of this machine ({1}). ModelDriver reads feature files and their data from disk: copy or clone the folder, and open it from there.',
        uri.path.split('/').at(-1) ?? uri.path,
        uri.scheme,
      ),
    )
    return false
  }
  return language.ready()
}
