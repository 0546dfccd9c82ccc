import type { LocalRename, SourceNames, SourceText } from '../names.ts'
import { callees, callers, callItem } from './callers.ts'
import { renameImport } from './importing.ts'
import type { ts } from './parse.ts'
import { renameFeature, renameInput } from './renaming.ts'
import { serviceMemory } from './service.ts'

/** Names and calls in TypeScript and JavaScript feature files, by TypeScript's own service. */
export function typeScriptNames(): SourceNames {
  const serviceOf = serviceMemory()
  const ask = <T>({ path, text }: SourceText, otherwise: T, work: (service: ts.LanguageService) => T): T => {
    try {
      return work(serviceOf(path, text))
    } catch {
      return otherwise
    }
  }
  return {
    renameInput: (file, feature, input, name) =>
      ask(file, unreadable, (service) => renameInput(service, file, feature, input, name)),
    renameFeature: (file, feature, name) =>
      ask(file, unreadable, (service) => renameFeature(service, file, feature, name)),
    renameImport: (file, from, before, name) =>
      ask(file, unreadable, (service) => renameImport(service, file, from, before, name)),
    callItem: (file, offset) => ask(file, undefined, (service) => callItem(service, file.path, offset)),
    callers: (file, offset) => ask(file, [], (service) => callers(service, file.path, offset)),
    callees: (file, offset) => ask(file, [], (service) => callees(service, file.path, offset)),
  }
}

const unreadable: LocalRename = { kind: 'unreadable' }
