export * from './check.ts'
export * from './fixture.ts'
