import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { readData, writeResults } from '../data.ts'
import { arquero } from './arquero.ts'
import { duckdb } from './duckdb.ts'
import { engine } from './engine.ts'

// The process of a contestant that runs on Node: serve FOLDER NAME. The commands are those of peer.ts.
async function serve(folder: string, name: string): Promise<void> {
  const contestant = await makers[name]?.(readData(folder))
  if (!contestant) throw new Error(`no contestant '${name}'`)
  // What only loading needed is no part of the memory of a computation.
  globalThis.gc?.()
  answer({ version: contestant.version })
  const commands = createInterface(process.stdin)
  commands.on('line', async (command) => {
    commands.pause()
    if (command === 'run') {
      const start = performance.now()
      await contestant.run()
      answer({ ms: performance.now() - start })
    } else {
      writeResults(command.slice('results '.length), await contestant.results())
      answer({})
    }
    commands.resume()
  })
  await once(commands, 'close')
  process.exit()
}

const makers: Readonly<
  Record<string, (data: ReturnType<typeof readData>) => ReturnType<typeof duckdb> | ReturnType<typeof engine>>
> = {
  streaming: (data) => engine(data, 'known'),
  again: (data) => engine(data, 'known', true),
  opaque: (data) => engine(data, 'opaque'),
  arquero,
  duckdb1: (data) => duckdb(data, 1),
  duckdb2: (data) => duckdb(data, 2),
}

function answer(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

const [folder = '', name = ''] = process.argv.slice(2)
void serve(folder, name)
