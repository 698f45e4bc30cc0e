import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../src/analysis/index.ts';
import { boundsOf } from '../../src/drivers/reading/bounds.ts';
import type { Limit } from '../../src/drivers/driver.ts';
import type { Bound } from '../../src/drivers/reading/setup.ts';
import { factsOf } from './snippets.ts';

/**
 * Tests of the options reader. A snippet says in comments what holds for a limit: `//! max: 5`, several parted by `;`, on the
 * line of the call that builds the pool. `5 by default` where nothing is written, `5 | 10` where both are possible, `?`
 * for a value that we do not see, `open` where nothing is said at all.
 */
const LABEL = /[ ]*\/\/! ([^\n]*)/;
const LABELS = new RegExp(LABEL, 'g');

export function testOptions(title: string, before: string, snippets: Readonly<Record<string, string>>): void {
  describe(title, () => {
    it.each(Object.entries(snippets))('%s', (_name, snippet) => {
      const expected = `${before}\n${snippet}`;
      expect(labelled(expected)).toBe(expected);
    });
  });
}

/** The code with what the analysis says where something is expected. */
function labelled(expected: string): string {
  const { configurations } = factsOf(expected.replace(LABELS, ''));
  const lines = expected.split('\n').map((line, index) => {
    const wanted = LABEL.exec(line)?.[1];
    if (wanted === undefined) return line;
    const found = configurations.filter(({ site }) => site.loc.start.line === index + 1);
    return `${line.replace(LABEL, '')} //! ${found.length === 1 ? said(found[0] as Configuration, wanted) : `${found.length} built`}`;
  });
  return lines.join('\n');
}

const said = ({ setup }: Configuration, wanted: string): string =>
  wanted
    .split('; ')
    .map((one) => one.split(':')[0] as Limit)
    .map((limit) => `${limit}: ${wordsFor(boundsOf(setup, limit))}`)
    .join('; ');

function wordsFor(bounds: readonly Bound[]): string {
  const words = [...new Set(bounds.map(({ effective, given }) => `${effective ?? '?'}${given ? '' : ' by default'}`))];
  return words.every((one) => one === '?') ? 'open' : words.sort().join(' | ');
}
