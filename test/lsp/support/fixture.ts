import { parseFixture } from '@modeldriver/engine/testing'
import { type Server, type ServerOptions, startServer } from './server.ts'

/** A server beside the files of a fixture (`//- /path` sections). */
export const serverFor = (fixture: string, options?: ServerOptions): Promise<Server> =>
  startServer(parseFixture(fixture).files, options)
