/** Every command of the extension, as package.json contributes them. */
export const commandIds = [
  'modeldriver.run',
  'modeldriver.cancelRun',
  'modeldriver.showGraph',
  'modeldriver.showInputs',
  'modeldriver.showUsers',
  'modeldriver.rename',
  'modeldriver.convertToFeatures',
  'modeldriver.saveExpectation',
  'modeldriver.createManifest',
  'modeldriver.generateTypes',
  'modeldriver.openSample',
  'modeldriver.showProblem',
  'modeldriver.restartServer',
  'modeldriver.showLog',
  'modeldriver.copyDiagnostics',
] as const

export type CommandId = (typeof commandIds)[number]
