import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

import architecture from './eslint/architecture.js';

/** No default exports: a thing has one name, and a search for it finds every use. */
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
  message: 'Export by name: a default export has as many names as importers.',
};

const USE_CLOCK =
  'Use `steadyNow` of src/clock.ts for ages, deadlines and order, `wallNow` for what is shown or expires.';

/** The current time by another way than `Date.now()`. */
const noCurrentDate = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
  message: USE_CLOCK,
};

export default tseslint.config(
  { ignores: ['dist', 'src/generated', 'web/generated', 'bench/peers', 'coverage'] },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 40],
      'max-params': ['error', 3],
    },
  },
  architecture,
  {
    files: ['src/**/*.ts'],
    ignores: ['src/clock.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: USE_CLOCK },
        { object: 'URL', property: 'canParse', message: 'Use `tryParseUrl` of src/url.ts.' },
      ],
      'no-restricted-syntax': ['error', noDefaultExport, noCurrentDate],
    },
  },
  {
    files: ['web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'off' },
  },
  {
    files: [
      'test/**/*.ts',
      'bench/**/*.ts',
      'scripts/**/*.ts',
      '*.config.ts',
      'eslint.config.js',
      'eslint/*.js',
    ],
    rules: {
      'max-lines': ['error', 400],
      'max-lines-per-function': 'off',
      'no-console': 'off',
      'no-restricted-syntax': 'off',
    },
  },
);
