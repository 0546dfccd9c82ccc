/** The words of modeldriver.json. The reader and the JSON schema know the same ones (test/schema.test.ts). */
export const manifestWords = {
  manifest: ['$schema', 'client_name', 'output_base', 'models', 'rules'],
  model: [
    'model_name',
    'seq',
    'features',
    'data',
    'input',
    'sheet',
    'header_row',
    'joins',
    'group_by',
    'group_order',
    'outputs',
    'target',
    'columns',
    'formats',
    'missing',
    'kinds',
    'legacy_mode',
    'frames',
  ],
  join: ['from', 'sheet', 'header_row', 'on', 'prefix', 'columns'],
  frame: ['inputs', 'outputs'],
  column: ['from', 'type', 'format', 'decimal', 'thousands', 'true', 'false', 'missing', 'required'],
  formats: ['date', 'datetime', 'number'],
  number: ['decimal', 'thousands'],
} as const

export const valueTypes: readonly string[] = ['number', 'integer', 'string', 'boolean', 'date', 'datetime']
export const severities: readonly string[] = ['off', 'hint', 'information', 'warning', 'error']
export const kinds: readonly string[] = ['row', 'group']
