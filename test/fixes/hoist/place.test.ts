import * as parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { describe, expect, it } from 'vitest';
import { dependenceOfArguments, dependenceOfSite } from '../../../src/fixes/module-level/site.ts';
import { writeAtModuleLevel } from '../../../src/fixes/module-level/module-level.ts';

type SourceCode = Readonly<TSESLint.SourceCode>;

/** Parses a text and shows its first `new Pool(…)` or `createPool(…)`. */
function atPool<T>(code: string, ask: (sourceCode: SourceCode, site: TSESTree.NewExpression) => T): T {
  const found: T[] = [];
  const look = (context: { sourceCode: unknown }) => {
    const visit = (node: unknown): void => {
      const site = node as TSESTree.NewExpression;
      if (found.length === 0) found.push(ask(context.sourceCode as SourceCode, site));
    };
    return { 'NewExpression[callee.name="Pool"]': visit, 'CallExpression[callee.name="createPool"]': visit };
  };
  const config = {
    files: ['**/*.ts'],
    languageOptions: { parser },
    plugins: { t: { rules: { t: { create: look } } } },
  };
  const messages = new Linter().verify(code, { ...config, rules: { 't/t': 'error' } } as Linter.Config, 'file.ts');
  expect(messages).toEqual([]);
  return found[0] as T;
}

const inHandler = (head: string, argument: string, before = ''): string =>
  `${head}\nimport { Pool } from 'pg';\nexport async function handler(event) {\n${before}\n  const pool = new Pool(${argument});\n}\n`;

const LOCAL_MAKER =
  "import 'a';\nexport function f() {\n  const { Pool } = require('pg');\n  return new Pool('postgres://a/b');\n}\n";

const dependences: readonly (readonly [name: string, wanted: string, code: string])[] = [
  ['literals', 'constant', inHandler('', "{ host: 'localhost', max: 5, ssl: { ca: null } }")],
  ['a literal of the module', 'constant', inHandler('const max = 2 * 5;', '{ max }')],
  ['a function without names from outside', 'constant', inHandler('', '{ log: (text) => console.log(text) }')],
  ['the environment', 'environment', inHandler('', '{ connectionString: process.env.DATABASE_URL! }')],
  ['an imported value', 'environment', inHandler("import { config } from './config';", 'config.database')],
  ['an object of the module', 'environment', inHandler("const options = { host: 'a' };", 'options')],
  ['a number out of the environment', 'environment', inHandler('', '{ max: parseInt(process.env.MAX, 10) }')],
  ['a list out of the environment', 'environment', inHandler('', "{ host: process.env.HOSTS.split(',')[0] }")],
  ['a file', 'environment', inHandler("import fs from 'node:fs';", "{ ssl: { ca: fs.readFileSync('ca.pem') } }")],
  ['a local of the environment', 'environment', inHandler('', '{ url }', '  const url = process.env.URL;')],
  ['a local taken apart', 'environment', inHandler('', '{ URL }', '  const { URL } = process.env;')],
  ['an adapter', 'environment', inHandler("import { Adapter } from 'a';", '{ adapter: new Adapter(process.env.URL) }')],
  ['a parameter', 'bound', inHandler('', '{ database: event.tenant }')],
  ['a local of a parameter', 'bound', inHandler('', '{ database }', '  const { database } = event;')],
  ['a local that is rewritten', 'bound', inHandler('', '{ url }', '  let url = "a"; if (event) url = "b";')],
  ['a local object that is changed', 'bound', inHandler('', 'options', '  const options = {}; options.db = event.db;')],
  ['a local object that is given away', 'bound', inHandler('', 'options', '  const options = {}; fill(options);')],
  [
    'a module variable that a function writes',
    'bound',
    inHandler('let url; function set(to) { url = to; }', '{ url }'),
  ],
  ['a module object that a function changes', 'bound', inHandler('const o = {}; function set(to) { o.db = to; }', 'o')],
  ['a function of the user', 'bound', inHandler("import { tenantUrl } from './tenant';", 'tenantUrl()')],
  [
    'request scope through an import',
    'bound',
    inHandler("import { headers } from 'next/headers';", "headers().get('x')"),
  ],
  ['a call of the file', 'bound', inHandler('function url() { return 1; }', 'url()')],
  ['this', 'bound', inHandler('', 'this.options')],
  ['await', 'bound', inHandler("import { secret } from './secrets';", '{ password: await secret }')],
  ['the clock', 'bound', inHandler('', '{ application_name: String(Date.now()) }')],
  ['a parameter in a callback', 'bound', inHandler('', '{ log: () => event.log() }')],
  ['a type of the function', 'bound', inHandler('', '{ max: 1 as Max }', '  type Max = number;')],
  ['the environment, and a type', 'environment', inHandler('', '{ max: process.env.MAX as string } as Options')],
];

describe('what is built', () => {
  it.for(dependences)('depends on %s: %s', ([, wanted, code]) => {
    expect(atPool(code, dependenceOfArguments)).toBe(wanted);
  });
});

const makers: readonly (readonly [name: string, wanted: string, code: string])[] = [
  ['any time, where its arguments say to where it connects', 'constant', inHandler('', "{ host: 'localhost' }")],
  ['any time, with an address', 'constant', inHandler('', "'postgres://localhost/app'")],
  ['later, without arguments: the driver reads the environment', 'environment', inHandler('', '')],
  ['later, with a size alone', 'environment', inHandler('', '{ max: 5 }')],
  ['later, with an empty address', 'environment', inHandler('', '{ connectionString: undefined }')],
  ['later, where the maker is required in the function', 'environment', LOCAL_MAKER],
  ['never, where the maker is a parameter', 'bound', "export const f = (Pool) => new Pool('postgres://a/b');\n"],
];

describe('it may be built', () => {
  it.for(makers)('%s', ([, wanted, code]) => {
    expect(atPool(code, dependenceOfSite)).toBe(wanted);
  });
});

const places: readonly (readonly [name: string, before: string, after: string])[] = [
  [
    'behind the imports',
    "import { Pool } from 'pg';\nimport a from 'a';\n\napp.get('/', () => new Pool());\n",
    "import { Pool } from 'pg';\nimport a from 'a';\n\nHERE;\n\napp.get('/', () => new Pool());\n",
  ],
  [
    'with a blank line on both sides',
    "import { Pool } from 'pg'; // the driver\napp.get('/', () => new Pool());\n",
    "import { Pool } from 'pg'; // the driver\n\nHERE;\n\napp.get('/', () => new Pool());\n",
  ],
  [
    'behind what it reads',
    "import { Pool } from 'pg';\nconst app = express();\nconst max = 5;\n\napp.get('/', () => new Pool({ max }));\n",
    "import { Pool } from 'pg';\nconst app = express();\nconst max = 5;\nHERE;\n\napp.get('/', () => new Pool({ max }));\n",
  ],
  [
    'behind what it reads, although that stands below',
    "import { Pool } from 'pg';\nexport function load() {\n  return new Pool({ max });\n}\nconst max = 5;\n",
    "import { Pool } from 'pg';\nexport function load() {\n  return new Pool({ max });\n}\nconst max = 5;\nHERE;\n",
  ],
  [
    'behind directives and what is required',
    "#!/usr/bin/env node\n'use strict';\nrequire('dotenv').config();\nconst { Pool } = require('pg');\n\nexports.f = () => new Pool();\n",
    "#!/usr/bin/env node\n'use strict';\nrequire('dotenv').config();\nconst { Pool } = require('pg');\n\nHERE;\n\nexports.f = () => new Pool();\n",
  ],
  [
    'before module code that may call the function',
    "import { Pool } from 'pg';\nmain();\nconst late = require('late');\nfunction main() {\n  return new Pool();\n}\n",
    "import { Pool } from 'pg';\n\nHERE;\n\nmain();\nconst late = require('late');\nfunction main() {\n  return new Pool();\n}\n",
  ],
  [
    'behind a call between the imports',
    "import { Pool } from 'pg';\nsetUp();\nimport b from 'b';\n\nfunction main() {\n  return new Pool();\n}\n",
    "import { Pool } from 'pg';\nsetUp();\nimport b from 'b';\n\nHERE;\n\nfunction main() {\n  return new Pool();\n}\n",
  ],
  [
    'with the line ends of the file',
    "import { Pool } from 'pg';\r\n\r\napp.get('/', () => new Pool());\r\n",
    "import { Pool } from 'pg';\r\n\r\nHERE;\r\n\r\napp.get('/', () => new Pool());\r\n",
  ],
];

describe('a new declaration stands', () => {
  it.for(places)('%s', ([, before, after]) => {
    const edit = atPool(before, (sourceCode, site) => writeAtModuleLevel(sourceCode, ['HERE;'], site, [site]));
    const [at] = edit?.range ?? [0];
    expect(before.slice(0, at) + edit?.text + before.slice(at)).toBe(after);
  });

  it('nowhere in a file whose head is on the line of other code', () => {
    const code = "import { Pool } from 'pg'; app.get('/', () => new Pool());\n";
    expect(atPool(code, (sourceCode, site) => writeAtModuleLevel(sourceCode, ['HERE;'], site, [site]))).toBeUndefined();
  });

  it('with a semicolon where the next line would continue it', () => {
    const code = "import { Pool } from 'pg'\n\n;[1].map(() => new Pool())\n".replace('\n;[', '\n[');
    const edit = atPool(code, (sourceCode, site) => writeAtModuleLevel(sourceCode, ['HERE'], site, [site]));
    expect(edit?.text).toBe('\n\nHERE;');
  });
});
