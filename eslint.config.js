import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

// Formatting is Prettier's, unused code across files is knip's, and test/architecture.test.ts sees what needs the whole
// tree: who imports whom, who writes which table, what files are called.

/*
 * What must not be imported, and why. ESLint lets the last block that names a rule win over the others, so each set of
 * files gets its whole list at once.
 */
const upwards = {
  regex: '^\\.\\.(/|$)',
  message:
    'No `../` in modules and dialects: a file is reached as ./mine.ts or through a public #name, so that folders can move.',
}
const upwardsButForTheKit = {
  ...upwards,
  regex: '^(?!(\\.\\./)+test/kit/)\\.\\.(/|$)',
}
const database = {
  regex: '^(#db(/|$)|kysely$|pg$)',
  message: 'An edge translates and never queries: put the SQL into an operation and call that.',
}
const environment = {
  regex: '^(node:)?process$',
  message: 'Settings are declared in server/config.ts and arrive as ctx.config; `process` itself is global.',
}
const serverFromWeb = {
  regex: '^#|(^|/)server/',
  message: 'The web app is a client like any other: it knows the HTTP API and nothing of the server.',
}
/**
 * @param {{ regex: string, message: string }[]} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
const imports = (...patterns) => ({ '@typescript-eslint/no-restricted-imports': ['error', { patterns }] })

/** What must not be written, and why; a whole list for each set of files, for the same reason. */
const defaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message:
    'No default exports: one name for one thing, the same wherever it is imported. (Configuration files and pages for React.lazy are the exceptions.)',
}
const barrel = {
  selector: 'ExportAllDeclaration',
  message: 'No barrels: the imports map of package.json is the public surface. Import from the file that has it.',
}
const processEnv = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message:
    'process.env is read in server/config.ts alone, where every setting has a description, a type and a default: use ctx.config.',
}
const aloneInTransaction = {
  // The embedded database has one connection, and it is the transaction's.
  selector:
    'CallExpression[callee.name="transaction"] > ArrowFunctionExpression[params.0.name="tx"] MemberExpression[object.name="ctx"][property.name="db"]',
  message:
    'Inside a transaction use `tx` alone: `ctx.db` is another connection, does not see what tx did, and on the embedded database waits for ever.',
}
/**
 * @param {{ selector: string, message: string }[]} selectors
 * @returns {import('eslint').Linter.RulesRecord}
 */
const syntax = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors] })

const bareFetch = {
  name: 'fetch',
  message:
    'Use safeFetch from #kernel/safe-fetch: it has time limits and refuses addresses of our own network, which a URL from outside may name.',
}
const bareConsole = {
  name: 'console',
  message: 'Log through ctx.log: it has levels, the request id, and leaves out secrets.',
}

export default defineConfig(
  globalIgnores([
    'dist/',
    'data/',
    'coverage/',
    'playwright-report/',
    'test-results/',
    'server/db/schema.ts',
    'web/api/schema.d.ts',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // In a try block or beside a finally, a promise that is not awaited is neither caught nor waited for.
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      // React's handlers and Fastify's hooks may be async where the type says void.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'error',
      '@typescript-eslint/prefer-for-of': 'error',
      '@typescript-eslint/prefer-includes': 'error',
      '@typescript-eslint/prefer-optional-chain': 'error',
      '@typescript-eslint/prefer-string-starts-ends-with': 'error',
      // A field of a form is a string or a file, and ours has no files.
      '@typescript-eslint/no-base-to-string': [
        'error',
        { ignoredTypeNames: ['Error', 'RegExp', 'URL', 'URLSearchParams', 'File'] },
      ],
      // Our objects are closures without `this`, and Facts are filled by declaration merging.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // An operation is async because its caller may not rely on its being done at once.
      '@typescript-eslint/require-await': 'off',
      // TypeScript says it already (noUnusedLocals, noUnusedParameters).
      '@typescript-eslint/no-unused-vars': 'off',
      ...syntax(defaultExport, barrel),
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.base],
    rules: { 'no-var': 'error', 'prefer-const': 'error', 'no-unused-vars': 'error' },
  },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-template-curly-in-string': 'error',
      'object-shorthand': 'error',
      'prefer-template': 'error',
      'max-lines': ['warn', { max: 300, skipBlankLines: false }],
    },
  },

  {
    files: ['server/**/*.ts'],
    rules: {
      ...imports(environment),
      ...syntax(defaultExport, barrel, processEnv, aloneInTransaction),
      'no-restricted-globals': ['error', bareFetch, bareConsole],
      'no-restricted-properties': ['error', { object: 'globalThis', property: 'fetch', message: bareFetch.message }],
    },
  },
  { files: ['server/modules/**/*.ts', 'server/dialects/**/*.ts'], rules: imports(environment, upwards) },
  {
    files: ['server/modules/**/routes.ts', 'server/modules/**/wire.ts', 'server/dialects/**/*.ts'],
    rules: imports(environment, upwards, database),
  },
  { files: ['server/config.ts'], rules: syntax(defaultExport, barrel) },
  {
    files: ['server/kernel/safe-fetch.ts'],
    rules: { 'no-restricted-globals': ['error', bareConsole], 'no-restricted-properties': 'off' },
  },
  // These talk to whoever typed the command.
  {
    files: ['server/main.ts', 'server/run.ts', 'server/commands/*.ts'],
    rules: { 'no-restricted-globals': ['error', bareFetch] },
  },

  {
    files: ['web/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      ...imports(serverFromWeb),
      ...syntax(defaultExport, barrel, processEnv),
      // TanStack Router's redirect() and notFound() are thrown by design.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  { files: ['web/**/*-page.tsx'], rules: syntax(barrel, processEnv) },

  {
    // Tests say what they expect, and look at answers without types.
    files: ['**/*.test.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      ...syntax(defaultExport, barrel),
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      'max-lines': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-template-curly-in-string': 'off',
    },
  },
  {
    files: ['server/modules/**/*.test.ts', 'server/dialects/**/*.test.ts'],
    rules: imports(environment, upwardsButForTheKit),
  },
  // vitest wants these as default exports.
  { files: ['*.config.{ts,js}', '**/vitest.config.ts', 'test/kit/global-setup.ts'], rules: syntax(barrel) },
)
