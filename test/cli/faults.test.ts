import { execFileSync, fork, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { RunnerMessage } from '@modeldriver/protocol'
import { expect, onTestFinished, type TestContext, test } from 'vitest'
import { dist, folderWith, modeldriver } from './support.ts'

const features = 'export const twice = (n) => n * 2\n'
const large = `n\n${Array.from({ length: 200_000 }, (_, row) => row).join('\n')}\n`
const unchanged = 'What was there before is unchanged.\n'

/** Skips a test where a command for file systems may not be used. */
function needs({ skip }: TestContext, command: string, ...args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (error || status !== 0) skip(`this machine does not allow ${command}`)
}

/** A small file system of its own in a folder of a project. */
function mount(context: TestContext, folder: string, size: string): void {
  const place = join(folder, 'results')
  execFileSync('mkdir', ['-p', place])
  needs(context, 'mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place)
  onTestFinished(() => void spawnSync('umount', [place]))
}

const outputs = (folder: string) =>
  Object.fromEntries(
    readdirSync(join(folder, 'results')).map((name) => [name, readFileSync(join(folder, 'results', name), 'utf8')]),
  )

test('a full disk: said so, exit code 2, the results before stay', (context) => {
  const folder = folderWith({ 'a.csv': 'n\n1\n', 'large.csv': large, 'a.features.ts': features })
  mount(context, folder, '512k')
  expect(modeldriver(folder, 'run', '--out', 'results').code).toBe(0)
  const before = outputs(folder)
  const { code, note } = modeldriver(folder, 'run', '--input', 'large.csv', '--out', 'results')
  const place = join(folder, 'results')
  expect(note).toBe(
    `Cannot write to ${place}: the disk is full; free some space or choose another folder. ${unchanged}`,
  )
  expect(code).toBe(2)
  expect(outputs(folder)).toEqual(before)
})

test.skipIf(process.platform === 'win32')('files that may not become so large', () => {
  const folder = folderWith({ 'a.csv': 'n\n1\n', 'large.csv': large, 'a.features.ts': features })
  expect(modeldriver(folder, 'run', '--out', 'results').code).toBe(0)
  const before = outputs(folder)
  const command = `ulimit -f 100; "${process.execPath}" "${join(dist, 'cli.js')}" run --input large.csv --out results`
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
  expect(stderr).toContain('files may not be that large there')
  expect(status).toBe(2)
  expect(outputs(folder)).toEqual(before)
})

test.skipIf(!existsSync('/dev/full'))('results that are printed where nothing fits', () => {
  const folder = folderWith({ 'a.csv': 'n\n1\n', 'a.features.ts': features })
  const command = `"${process.execPath}" "${join(dist, 'cli.js')}" run > /dev/full`
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
  expect(stderr).toBe('The results cannot be printed: the disk is full.\n')
  expect(status).toBe(2)
})

test('an output folder that is read-only', (context) => {
  const folder = folderWith({ 'a.csv': 'n\n1\n', 'a.features.ts': features })
  mount(context, folder, '512k')
  expect(modeldriver(folder, 'run', '--out', 'results').code).toBe(0)
  const before = outputs(folder)
  const place = join(folder, 'results')
  needs(context, 'mount', '-o', 'remount,ro', place)
  const reason = 'it cannot be changed (read-only file system); choose another folder'
  expect(modeldriver(folder, 'run', '--out', 'results')).toMatchObject({
    code: 2,
    note: `Cannot write to ${place}: ${reason}. ${unchanged}`,
  })
  const deeper = join(place, 'deeper')
  expect(modeldriver(folder, 'run', '--out', 'results/deeper')).toMatchObject({
    code: 2,
    note: `Cannot write to ${deeper}: ${reason}. ${unchanged}`,
  })
  expect(outputs(folder)).toEqual(before)
})

test('when one of the files cannot be put in place, those before it get back what was there', (context) => {
  const folder = folderWith({ 'a.csv': 'n\n1\n', 'other.csv': 'n\n5\n', 'a.features.ts': features })
  expect(modeldriver(folder, 'run', '--out', 'results').code).toBe(0)
  const before = outputs(folder)
  const last = join(folder, 'results/a.rows.csv')
  needs(context, 'chattr', '+i', last)
  onTestFinished(() => void spawnSync('chattr', ['-i', last]))
  const { code, note } = modeldriver(folder, 'run', '--input', 'other.csv', '--out', 'results')
  expect(note).toContain(`Cannot write to ${last}: no permission to write there`)
  expect(code).toBe(2)
  expect(outputs(folder)).toEqual(before)
})

test('kill -9 in the middle of a write: the results before stay whole; the next run cleans up', async () => {
  const folder = folderWith({ 'a.csv': 'n\n1\n', 'large.csv': large, 'a.features.ts': features })
  expect(modeldriver(folder, 'run', '--out', 'results').code).toBe(0)
  const before = outputs(folder)
  const results = join(folder, 'results')
  // As if another run was just putting its files in place: this one waits before it does.
  const lock = join(results, '.modeldriver.lock')
  writeFileSync(lock, '')
  const begun = new Promise<void>((resolve) => {
    const watcher = watch(results, () => resolve())
    onTestFinished(() => watcher.close())
  })
  const args = ['run', '--input', 'large.csv', '--out', 'results']
  const child = spawn(process.execPath, [join(dist, 'cli.js'), ...args], { cwd: folder, stdio: 'ignore' })
  const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))
  await begun
  child.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')
  rmSync(lock)
  expect(outputs(folder)).toMatchObject(before)
  expect(Object.keys(outputs(folder)).length).toBeGreaterThan(Object.keys(before).length)
  expect(modeldriver(folder, 'run', '--out', 'results').code).toBe(0)
  expect(outputs(folder)).toEqual(before)
})

test('two runs write the same folder at once', async () => {
  const folder = folderWith({ 'a.csv': 'n\n1\n', 'other.csv': 'n\n5\n', 'a.features.ts': features })
  const start = (input: string) => {
    const args = [join(dist, 'cli.js'), 'run', '--input', input, '--out', 'results']
    const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' })
    return new Promise((resolve) => child.on('exit', resolve))
  }
  const codes = await Promise.all(['a.csv', 'other.csv', 'a.csv', 'other.csv'].map(start))
  expect(codes).toEqual([0, 0, 0, 0])
  const rejected = { 'a.rejected.csv': 'file,row,column,text,reason,kind\n' }
  expect([
    { 'a.outputs.csv': 'twice\n2\n', 'a.rows.csv': 'n,twice\n1,2\n', ...rejected },
    { 'a.outputs.csv': 'twice\n10\n', 'a.rows.csv': 'n,twice\n5,10\n', ...rejected },
  ]).toContainEqual(outputs(folder))
})

const orders = 'pin,price,note\na,1.5,x\nb,2.5,y\n'
const total = '// group_by: pin\nexport const total = (price) => price.sum()\n'

test('NDJSON that is cut off in the middle of a row is said to be, also where results are written', () => {
  const whole = '{"pin":"a","price":1}\n{"pin":"b","price":2}\n'
  const folder = folderWith({ 'a.ndjson': `${whole}{"pin":"c","pri`, 'a.features.ts': total })
  const { code, note } = modeldriver(folder, 'run', '--out', 'out')
  expect(code).toBe(0)
  expect(note).toContain('warning a.ndjson ends in the middle of a row, in line 3: what follows may be missing.')
  writeFileSync(join(folder, 'a.ndjson'), `${whole}{"pin":"c","pri\n`)
  expect(modeldriver(folder, 'run', '--out', 'out').note).not.toContain('ends in the middle')
})

test.each([
  ['in the middle of a row', `${orders}c,3`, 4, '"c,3" (has 2 cells, the header has 3)'],
  ['within quotes', `${orders}c,3,"it is`, 4, '"c,3,\\"it is" (a quote is opened here and not closed)'],
])('data that is cut off %s: the rows before count, and it is said', (_, csv, line, reason) => {
  const folder = folderWith({ 'a.csv': csv, 'a.features.ts': total })
  const { code, out, note } = modeldriver(folder, 'run')
  expect(code).toBe(0)
  expect(out).toContain(`line ${line}: ${reason}`)
  expect(note).toBe(
    `warning a.csv ends in the middle of a row, in line ${line}: what follows may be missing. Copy the file again if it is not whole.\n`,
  )
})

test('cells that are missing in the middle: the row is set aside with its line', () => {
  const folder = folderWith({ 'a.csv': 'pin,price\na,1\nb\nc,3\n', 'a.features.ts': total })
  const { code, out } = modeldriver(folder, 'run', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(out).models[0]).toMatchObject({
    rows: 2,
    rejected: [{ row: 3, text: 'b', reason: 'has 1 cell, the header has 2', kind: 'row' }],
  })
})

const one = { 'a.features.ts': 'export const twice = (n) => n * 2\n' }
test.each([
  ['a.csv.gz', (whole: Buffer) => gzipSync(whole), 'it is damaged (its end is missing)'],
  ['a.csv.gz', (whole: Buffer) => gzipSync(whole).fill(0, 40, 60), 'it is damaged (it cannot be unpacked)'],
  [
    'a.json',
    () => Buffer.from(JSON.stringify(Array.from({ length: 9 }, (_, n) => ({ n })))),
    'its list is no JSON to the end; copy the file again if it is not whole',
  ],
])('%s that is cut off or damaged is not computed', (name, pack, reason) => {
  const bytes = pack(Buffer.from(large))
  const content = reason.includes('unpacked') ? bytes : bytes.subarray(0, -9)
  const folder = folderWith({
    ...one,
    'modeldriver.json': `{ "models": [{ "model_name": "a", "features": ["a.features.ts"], "data": "${name}" }] }`,
  })
  writeFileSync(join(folder, name), content)
  const { code, note } = modeldriver(folder, 'run', '--out', 'results')
  expect(note).toContain(`Cannot read ${name}: ${reason}`)
  expect(code).toBe(1)
  expect(existsSync(join(folder, 'results'))).toBe(false)
})

test('a table of 5 000 columns is checked and computed', () => {
  const names = Array.from({ length: 5000 }, (_, i) => `column_${i}`)
  const lines = Array.from({ length: 100 }, (_, row) =>
    names.map((_, i) => (i % 2 === 0 ? row * i : `"t ${row}"`)).join(),
  )
  const folder = folderWith({
    'w.csv': `${names.join()}\n${lines.join('\n')}\n`,
    'w.features.ts': 'export const sum = (column_2, column_4998) => column_2 + column_4998\n',
  })
  expect(modeldriver(folder, 'check')).toMatchObject({ code: 0, out: 'No problems in 1 feature of 1 model.\n' })
  expect(modeldriver(folder, 'run', '--out', 'results').code).toBe(0)
  const sums = readFileSync(join(folder, 'results/w.outputs.csv'), 'utf8').split('\n').slice(1, -1)
  expect(sums).toEqual(lines.map((_, row) => String(row * 5000)))
  writeFileSync(join(folder, 'w.features.ts'), 'export const sum = (column_2, colunm_4998) => column_2 + colunm_4998\n')
  expect(modeldriver(folder, 'check').out).toContain("'column_4998'")
})

test('300 MB in one column, and in one cell', () => {
  const folder = folderWith({
    'a.features.ts': features,
    'modeldriver.json': '{ "models": [{ "model_name": "a", "features": ["a.features.ts"], "data": "a.csv" }] }',
  })
  const write = (content: Buffer) => writeFileSync(join(folder, 'a.csv'), Buffer.concat([Buffer.from('n\n'), content]))
  const size = 300 * 2 ** 20
  write(Buffer.alloc(size, '12345.5\n'))
  const many = modeldriver(folder, 'run', '--json')
  expect(many.code).toBe(0)
  expect(JSON.parse(many.out).models[0]).toMatchObject({ rows: size / 8, rejected: [] })
  for (const cell of ['a', '"a']) {
    write(Buffer.alloc(size, cell))
    const one = modeldriver(folder, 'run')
    expect(one.note).toContain('Cannot read a.csv')
    expect(one.code).toBe(1)
  }
})

test('the run process of the editor is killed in the middle of an export: the file before stays whole', async () => {
  const folder = folderWith({ 'a.csv': large, 'a.features.ts': features, 'results/kept.csv': 'old' })
  const results = join(folder, 'results')
  const child = fork(join(dist, 'runner.js'), { serialization: 'advanced', stdio: 'ignore' })
  const message = (kind: string) =>
    new Promise<RunnerMessage>((resolve) =>
      child.on('message', (said: RunnerMessage) => {
        if (said.kind === kind) resolve(said)
      }),
    )
  await message('ready')
  const ran = message('ran')
  const project = join(folder, 'a.features.ts')
  child.send({ kind: 'run', id: 1, project, overlay: {}, sampleRows: 1e6, featureTimeoutMs: 10_000 })
  const { summary } = (await ran) as Extract<RunnerMessage, { kind: 'ran' }>
  // As if another was just putting its files in place: this one waits before it does.
  writeFileSync(join(results, '.modeldriver.lock'), '')
  const begun = new Promise<void>((resolve) => {
    const watcher = watch(results, () => resolve())
    onTestFinished(() => watcher.close())
  })
  const path = join(results, 'kept.csv')
  child.send({ kind: 'export', id: 2, run: summary.run, model: 'a', table: 'rows', path })
  await begun
  const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)))
  child.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')
  expect(readFileSync(path, 'utf8')).toBe('old')
  rmSync(join(results, '.modeldriver.lock'))
  expect(modeldriver(folder, 'run', '--out', 'results').code).toBe(0)
  expect(readdirSync(results).filter((name) => name.startsWith('.'))).toEqual([])
})
