import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** Every link of every page leads to a file that exists, and to a heading that it has. */

const root = path.join(import.meta.dirname, '..');
const pages = [
  ...fs.readdirSync(root).filter((name) => name.endsWith('.md')),
  ...fs
    .readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .flatMap((name) => (name.endsWith('.md') ? [path.join('docs', name)] : [])),
];

const textOf = (page: string): string => fs.readFileSync(path.join(root, page), 'utf8');

/** As GitHub makes them: lower case, spaces to dashes, other signs left out. */
function anchorsIn(text: string): string[] {
  const headings = [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title);
  return headings.map((title) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

function linksIn(text: string): { readonly file: string; readonly anchor: string | undefined }[] {
  const code = /^```[\s\S]*?^```$|`[^`\n]*`/gm;
  return [...text.replace(code, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [file = '', anchor] = link.split('#');
    return [{ file, anchor }];
  });
}

describe('the pages', () => {
  it.for(pages)('%s link to what exists', (page) => {
    const broken = linksIn(textOf(page)).filter(({ anchor, file }) => {
      const target = file === '' ? page : path.join(path.dirname(page), file);
      if (!fs.existsSync(path.join(root, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsIn(textOf(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('are all linked to from another one', () => {
    const linked = new Set(
      pages.flatMap((page) =>
        linksIn(textOf(page)).map(({ file }) => (file === '' ? '' : path.join(path.dirname(page), file))),
      ),
    );
    expect(pages.filter((page) => page !== 'README.md' && !linked.has(page))).toEqual([]);
  });
});
