/** Words of Python, pandas and spreadsheets that read like a function or value here, with what there is instead. */
export interface OtherWord {
  /** Stands in the word's own place. */
  readonly write?: string
  /** Otherwise: what to write, where the word is called with one name: `len(x)`. */
  readonly writeCall?: (argument: string) => string
  readonly say: (argument: string | undefined, isColumn: boolean) => string
}

const instead = (write: string): OtherWord => ({ write, say: () => `Write ${write}.` })

const called = (writeCall: (argument: string) => string): OtherWord => ({
  writeCall,
  say: (argument) => `Write ${writeCall(argument ?? 'x')}.`,
})

const inMath = 'abs ceil exp floor log log10 log2 pow sign sqrt trunc sin cos tan'.split(' ')

export const otherWords: ReadonlyMap<string, OtherWord> = new Map([
  ...inMath.map((name) => [name, instead(`Math.${name}`)] as const),
  ['None', instead('null')],
  ['nil', instead('null')],
  ['NULL', instead('null')],
  ['NA', instead('null')],
  ['ABS', instead('Math.abs')],
  ['SQRT', instead('Math.sqrt')],
  ['SUM', called((argument) => `${argument}.sum()`)],
  ['AVERAGE', called((argument) => `${argument}.mean()`)],
  ['AVG', called((argument) => `${argument}.mean()`)],
  ['COUNT', called((argument) => `${argument}.count()`)],
  ['MEDIAN', called((argument) => `${argument}.median()`)],
  ...['IF', 'iif', 'ifelse'].map((name) => [name, { say: () => 'Write: test ? one : other' }] as const),
  ['print', { say: () => 'Take it out: a feature gives a value and prints nothing.' }],
  ['True', instead('true')],
  ['TRUE', instead('true')],
  ['False', instead('false')],
  ['FALSE', instead('false')],
  ['nan', instead('NaN')],
  ['str', instead('String')],
  ['float', instead('Number')],
  ['bool', instead('Boolean')],
  ['int', called((argument) => `Math.trunc(${argument})`)],
  ['upper', called((argument) => `${argument}.toUpperCase()`)],
  ['UPPER', called((argument) => `${argument}.toUpperCase()`)],
  ['lower', called((argument) => `${argument}.toLowerCase()`)],
  ['LOWER', called((argument) => `${argument}.toLowerCase()`)],
  ['isna', called((argument) => `${argument} == null`)],
  ['isnull', called((argument) => `${argument} == null`)],
  [
    'len',
    {
      writeCall: (argument) => `${argument}.length`,
      say: (argument = 'x', isColumn) =>
        isColumn
          ? `Write ${argument}.length for all rows, ${argument}.count() for those that have a value.`
          : `Write ${argument}.length.`,
    },
  ],
  ...['np', 'pd', 'math', 'numpy', 'pandas'].map((name): [string, OtherWord] => [
    name,
    {
      say: () =>
        "Python's libraries cannot be used here; what there is for columns: revenue.sum(), .mean(), .filter(…), and Math.sqrt, Math.log.",
    },
  ]),
] as const)
