export * from './check.ts'
export * from './fix.ts'
export * from './fixture.ts'
