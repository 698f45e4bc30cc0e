// npm run new -- no-something: the rule, its tests and its page from a template, and its place in the list of rules.
import fs from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const name = process.argv[2] ?? '';
if (!/^[a-z]+(?:-[a-z]+)+$/.test(name)) {
  console.error('usage: npm run new -- RULE-NAME   (kebab-case: no-something, require-something)');
  process.exit(2);
}

const variable = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

const rule = `import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';

type MessageIds = 'found';

export default createRule<MessageIds, []>({
  name: '${name}',
  meta: {
    type: 'problem',
    docs: { description: 'disallow what is found, in one line', recommended: 'strict' },
    schema: [],
    messages: {
      found: 'What is wrong with \`{{name}}\`, and why. What to do about it.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const { checkout } of fileFacts(context).verdicts) {
          context.report({ node: checkout.site, messageId: 'found', data: { name: checkout.name } });
        }
      },
    };
  },
});
`;

const test = `import rule from '../../rules/${name}.ts';
import { testRule } from '../support/rule-tester.ts';

testRule('${name}', rule, {
  valid: [
    {
      name: 'the repaired twin of the first invalid case',
      code: '',
    },
  ],
  invalid: [
    {
      name: "the first example of the rule's page",
      code: '',
      errors: [{ messageId: 'found', data: { name: '' }, line: 1, column: 1, endLine: 1, endColumn: 1 }],
    },
  ],
});
`;

const page = `<!-- end auto-generated rule header -->

## Why

What is seen in production.

## Incorrect / Correct

\`\`\`ts
const client = await pool.connect();
\`\`\`

## What is not reported

## Limitations

## Related
`;

function write(file, text) {
  const full = path.join(root, file);
  fs.mkdirSync(path.dirname(full), { recursive: true });
  fs.writeFileSync(full, text, { flag: 'wx' });
  console.log(`wrote ${file}`);
}

/** Adds the import and the entry, and keeps both in order. */
function list(file) {
  const full = path.join(root, file);
  const lines = fs.readFileSync(full, 'utf8').split('\n');
  const insert = (line, pattern, first) => {
    const block = lines.flatMap((text, index) => (pattern.test(text) ? [index] : []));
    const at = block.find((index) => lines[index] > line) ?? (block.length > 0 ? block.at(-1) + 1 : first);
    lines.splice(at, 0, line);
  };
  insert(
    `import ${variable} from '../rules/${name}.ts';`,
    /^import \w+ from '\.\.\/rules\//,
    lines.lastIndexOf("import type { Rule } from 'eslint';") + 1,
  );
  insert(`  '${name}': ${variable},`, /^ {2}'[a-z-]+': \w+,$/, lines.indexOf('};'));
  fs.writeFileSync(full, lines.join('\n'));
  console.log(`listed in ${file}`);
}

write(`rules/${name}.ts`, rule);
write(`test/rules/${name}.test.ts`, test);
write(`docs/rules/${name}.md`, page);
list('src/rules.ts');
console.log('Next: npm run build && npm run docs');
