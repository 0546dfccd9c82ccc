import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Libraries that the bench compares with and no test needs, pinned: results are quoted with their versions. */
const packages = ['pandas==3.1.1', 'numpy==2.4.6', 'pyarrow==26.0.1', 'polars==2.1.0']
const folder = '.bench/venv'
const own = `${folder}/bin/python`

/** Settings of a machine for its numpy that would slow the contestants down. */
export const plainNumpy = { OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined }

/** A Python that has the library, in this version if one is named, the one installed for the bench first. */
export function pythonWith(library: string, version?: string): string | undefined {
  const question = `import ${library} as it${version === undefined ? '' : `; assert it.__version__ == '${version}'`}`
  const has = (program: string): boolean =>
    spawnSync(program, ['-c', question], { env: { ...process.env, ...plainNumpy } }).status === 0
  return [own, 'python3'].find(has)
}

/** The libraries that are there, with their versions: `pandas 3.1.1`. */
export function pythonVersions(): readonly string[] {
  return packages.flatMap((pinned) => {
    const name = pinned.slice(0, pinned.indexOf('='))
    const program = pythonWith(name)
    if (program === undefined) return []
    const { stdout } = spawnSync(program, ['-c', `import ${name}; print(${name}.__version__)`], { encoding: 'utf8' })
    return [`${name} ${stdout.trim()}`]
  })
}

/** Puts pandas and Polars into a Python environment under .bench, from PyPI. */
export function installPeers(): void {
  if (!existsSync(own)) mustWork('python3', ['-m', 'venv', folder])
  mustWork(own, ['-m', 'pip', 'install', '--quiet', '--no-input', ...packages])
}

function mustWork(program: string, options: readonly string[]): void {
  const { status, error } = spawnSync(program, options, { stdio: 'inherit' })
  if (status !== 0)
    throw new Error(`${program} ${options.join(' ')} failed: ${error?.message ?? `exit code ${status}`}`)
}
