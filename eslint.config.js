import js from '@eslint/js'
import boundaries from 'eslint-plugin-boundaries'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import tseslint from 'typescript-eslint'

/** Who may import whom: the house of README.md, held by a rule. Folders of src not named here may import nothing. */
const MAY_IMPORT = {
  ops: [],
  config: ['about'],
  about: ['config'],
  data2vec: ['ops', 'config'],
  modalities: ['ops', 'config', 'about'],
  probes: ['data2vec', 'ops', 'config'],
  engine: ['data2vec', 'probes', 'modalities', 'ops', 'config'],
  checkpoint: ['engine', 'data2vec', 'config'],
  worker: ['checkpoint', 'engine', 'probes', 'data2vec', 'modalities', 'ops', 'config'],
  app: ['worker', 'config'],
}

/** What a modality says of itself is data that the page loads, too: it must not bring the algorithm with it. */
const ABOUT = { type: 'about', pattern: 'src/modalities/*/about' }

const folders = Object.keys(MAY_IMPORT).filter((type) => type !== ABOUT.type)
const elements = [ABOUT, ...folders.map((type) => ({ type, pattern: `src/${type}` }))]

const policies = Object.entries(MAY_IMPORT).map(([type, allowed]) => ({
  from: { element: { type } },
  allow: { to: { element: { types: { anyOf: [type, ...allowed] } } } },
}))

/** Globals that would tie the algorithm to a page or a worker. */
const PAGE_GLOBALS = ['window', 'document', 'navigator', 'localStorage', 'self', 'postMessage']

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'test-results', 'playwright-report', '.gpu'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
      globals: { ...globals.browser },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/prefer-for-of': 'off', // index loops are the clearer form over typed arrays
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportAllDeclaration',
          message: 'No barrel files: import from the file that defines it.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': elements,
      'import/resolver': { typescript: { alwaysTryTypes: true } },
    },
    rules: {
      'boundaries/dependencies': ['error', { default: 'disallow', policies }],
    },
  },
  {
    files: ['src/app/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tensorflow/*'], message: 'Tensors live in the worker.' }] },
      ],
    },
  },
  {
    files: ['src/app/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.strict],
  },
  {
    files: ['src/{data2vec,modalities,ops,config}/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...PAGE_GLOBALS.map((name) => ({ name, message: 'The algorithm knows no page and no worker.' })),
      ],
    },
  },
  {
    files: ['*.js', '*.config.ts', 'scripts/**', 'test/**'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-restricted-exports': 'off' }, // tools require default exports
  },
  { files: ['*.js', 'scripts/**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
)
