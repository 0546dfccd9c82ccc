export * from './graph.ts'
export * from './run.ts'
export * from './server.ts'
export * from './webview.ts'
