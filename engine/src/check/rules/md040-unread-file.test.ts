import { unreadFile } from './md040-unread-file.ts'
import { testRule } from './testRule.ts'

const project = (features: string, ...files: readonly string[]) => `
//- /modeldriver.json
{ "models": [{ "model_name": "m", "data": "m.csv",
${features}
}] }
//- /m.csv
x
1
${files.map((file) => `//- /${file}\n${file.endsWith('.ts') ? `export const ${file.replace(/\W/g, '_')} = (x) => x` : 'x\n1'}`).join('\n')}
`

testRule(unreadFile, {
  fires: {
    'a new file': project(
      `  "features": ["m.features.ts"]
//            ^^^^^^^^^^^^^^^^^ MD040: No model reads "new.features.ts": "features" does not match it, as it does "m.features.ts" in the same folder.`,
      'm.features.ts',
      'new.features.ts',
    ),
    'a file that was renamed away from its pattern': project(
      `  "features": ["m_*.features.ts"]
//            ^^^^^^^^^^^^^^^^^^^ MD040: No model reads "mb.features.ts"`,
      'm_a.features.ts',
      'mb.features.ts',
    ),
    'in a folder below': project(
      `  "features": ["m/a.features.ts"]
//            ^^^^^^^^^^^^^^^^^^^ MD040: No model reads "m/b.features.ts"`,
      'm/a.features.ts',
      'm/b.features.ts',
    ),
  },
  silent: {
    'all are read': project('  "features": ["*.features.ts"]', 'm.features.ts', 'new.features.ts'),
    'in a folder of which no model reads files': project(
      '  "features": ["m.features.ts"]',
      'm.features.ts',
      'drafts/new.features.ts',
    ),
    'with data of its own': project('  "features": ["m.features.ts"]', 'm.features.ts', 'new.features.ts', 'new.csv'),
    'no file is there, which says enough': project(
      `  "features": ["m.features.ts", "old.features.ts"]
//                               ^^^^^^^^^^^^^^^ MD030`,
      'm.features.ts',
      'new.features.ts',
    ),
  },
  fixes: [
    {
      title: "Add 'new.features.ts' to the files of 'm'",
      before: project('  "features": ["m.features.ts"]', 'm.features.ts', 'new.features.ts'),
      after: '"features": ["m.features.ts", "new.features.ts"]',
    },
  ],
})
