import eslintPlugin from 'eslint-plugin-eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import pool from './dist/src/index.js';

const counted = { skipBlankLines: true, skipComments: true };
const fileSize = (files, max) => ({ files, rules: { 'max-lines': ['error', { max, ...counted }] } });
const functionSize = (files, max) => ({ files, rules: { 'max-lines-per-function': ['error', { max, ...counted }] } });

export default defineConfig([
  globalIgnores(['dist', 'coverage', '.cache', 'test/**/fixtures']),
  tseslint.configs.recommended,
  {
    name: 'unused names',
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      'max-depth': ['error', 3],
    },
  },
  pool.configs.all,
  {
    name: 'pools that are emptied on purpose',
    files: ['test/drivers/conformance/*.ts'],
    rules: { 'pool/require-release': 'off' },
  },
  {
    name: 'CommonJS',
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    name: 'programs that are wrong on purpose, for the runtime to see',
    files: ['test/runtime/**/*.ts'],
    rules: Object.fromEntries(Object.keys(pool.rules).map((rule) => [`pool/${rule}`, 'off'])),
  },
  {
    name: 'rules of rules',
    files: ['rules/*.ts', 'src/**/*.ts', 'test/rules/**/*.ts'],
    extends: [eslintPlugin.configs.all],
    rules: {
      // `createRule` writes the address of the page.
      'eslint-plugin/require-meta-docs-url': 'off',
      // A rule that names its languages stops ESLint on files of others.
      'eslint-plugin/require-meta-languages': 'off',
      // Suggestions come from src/fixes with the ids that the rule words.
      'eslint-plugin/no-unused-message-ids': 'off',
    },
  },
  fileSize(['rules/*.ts'], 200),
  fileSize(['src/**/*.ts'], 250),
  fileSize(['src/drivers/**/*.ts', 'src/frameworks/*.ts'], 200),
  fileSize(['src/fixes/**/*.ts'], 60),
  fileSize(['src/ast/*.ts'], 40),
  fileSize(['test/rules/**/*.ts'], 500),
  functionSize(['src/**/*.ts'], 30),
  // `create` holds the visitor.
  functionSize(['rules/*.ts'], 40),
]);
