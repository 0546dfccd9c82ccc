import { lensCommands } from '@modeldriver/protocol'
import * as vscode from 'vscode'

/** The settings that a run reads, in the units of the protocol. */
export interface RunSettings {
  readonly sampleRows: number
  readonly featureTimeoutMs: number
  readonly runTimeoutMs: number
  readonly memoryMb: number
}

export function runSettings(): RunSettings {
  const settings = vscode.workspace.getConfiguration('modeldriver')
  return {
    sampleRows: settings.get('sample.rows', 100_000),
    featureTimeoutMs: settings.get('run.featureTimeoutSeconds', 10) * 1000,
    runTimeoutMs: settings.get('run.timeoutSeconds', 300) * 1000,
    memoryMb: settings.get('run.memoryMb', 2048),
  }
}

export const codeLensSettings = 'modeldriver.codeLens'

/** The commands of the parts that are shown in the line above a feature. */
export function codeLensesShown(): ReadonlySet<string> {
  const settings = vscode.workspace.getConfiguration(codeLensSettings)
  const isShown = (name: string) => settings.get('enabled', true) && settings.get(name, true)
  return new Set(Object.entries(codeLensParts).flatMap(([name, command]) => (isShown(name) ? [command] : [])))
}

const codeLensParts = {
  run: lensCommands.run,
  level: lensCommands.showGraph,
  inputs: lensCommands.showInputs,
  usedBy: lensCommands.showUsers,
}

export const inlayHintSettings = 'modeldriver.inlayHints'

/** Which hints between the author's words are shown. */
export function inlayHintsShown(): { readonly types: boolean; readonly levels: boolean } {
  const settings = vscode.workspace.getConfiguration(inlayHintSettings)
  return { types: settings.get('types', true), levels: settings.get('levels', true) }
}

export const valuesSetting = 'modeldriver.values'

/** Where the values of a run are shown in the text, and whether an edit runs the model again. */
export function valuesShown(): 'off' | 'onRun' | 'live' {
  const shown = vscode.workspace.getConfiguration().get<string>(valuesSetting)
  return shown === 'off' || shown === 'live' ? shown : 'onRun'
}
