import type { TSESTree } from '@typescript-eslint/utils';
import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';
import type { Checkout, Leak, LeakReason, Verdict } from '../src/analysis/index.ts';
import { repairWithUsing } from '../src/fixes/release/await-using.ts';
import { repairLeak } from '../src/fixes/release/leak.ts';
import { offer } from '../src/fixes/repair.ts';
import { shorten } from '../src/policy/words.ts';

type MessageIds =
  LeakReason | 'unnamed' | 'releaseBeforeExit' | 'releaseInFinally' | 'rollBack' | 'useUsing' | 'wrapInFinally';
type Options = [{ certainty: 'likely' | 'possible' | 'proven' }];

export default createRule<MessageIds, Options>({
  name: 'require-release',
  meta: {
    type: 'problem',
    docs: {
      description: 'require every connection taken from a pool to be given back on every path',
      recommended: true,
      strictOptions: [{ certainty: 'possible' }],
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          certainty: {
            type: 'string',
            enum: ['proven', 'likely', 'possible'],
            description:
              'What to report: only proven checkouts, also those that only their use makes likely, or also losses that need an unrelated plain call to throw.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ certainty: 'likely' }],
    messages: {
      never: '`{{name}}` from `{{source}}` is never {{returned}}, so {{harm}}. Call {{release}} {{where}}.',
      throw:
        '`{{name}}` from `{{source}}` is not {{returned}} when line {{line}} throws, so {{harm}}. Call {{release}} {{where}}.',
      exit: '`{{name}}` from `{{source}}` is not {{returned}} when line {{line}} leaves, so {{harm}}. Call {{release}} {{where}}.',
      path: '`{{name}}` from `{{source}}` is not {{returned}} by the branch in line {{line}}, so {{harm}}. Call {{release}} {{where}}.',
      overwritten: '`{{name}}` from `{{source}}` is overwritten while it is held, so {{harm}}. Call {{release}} first.',
      unnamed:
        'The connection from `{{source}}` has no name, so nobody can give it back and {{harm}}. Put it in a variable.',
      releaseBeforeExit: 'Give `{{name}}` back before leaving',
      releaseInFinally: 'Give `{{name}}` back in `.finally()`',
      rollBack: 'Roll `{{name}}` back in `catch`',
      useUsing: 'Declare `{{name}}` with `using`',
      wrapInFinally: 'Give `{{name}}` back in `finally`',
    },
  },
  create(context) {
    return {
      Program() {
        const { certainty } = context.options[0];
        for (const verdict of fileFacts(context).verdicts) {
          const { checkout } = verdict;
          const leak = worst(certainty === 'possible' ? verdict.leaks : verdict.leaks.filter((one) => !one.unlikely));
          if (!leak || (certainty === 'proven' && checkout.certainty !== 'proven')) continue;
          const data = dataOf(checkout, leak);
          const { fix, suggest } = offer<MessageIds>(
            [repairLeak(context, verdict), repairWithUsing(context, verdict)],
            data,
          );
          const messageId = checkout.form === 'unnamed' ? 'unnamed' : leak.reason;
          context.report({ node: nodeOf(checkout), messageId, data, fix, suggest });
        }
      },
    };
  },
});

/** One report per checkout: the plainest of its reasons, else the first in the code that is likely. */
function worst(leaks: Verdict['leaks']): Leak | undefined {
  const plain = leaks.find(({ reason }) => reason === 'never' || reason === 'overwritten');
  return plain ?? leaks.find((one) => !one.unlikely) ?? leaks[0];
}

/** A callback is part of its call: the name of the call alone says where to look. */
function nodeOf({ form, site }: Checkout): TSESTree.Node {
  return form === 'callback' || form === 'chained' ? site.callee : site;
}

function dataOf(checkout: Checkout, { witness }: Leak): Record<string, string> {
  const { lease } = checkout;
  const harm = lease.loses ?? (lease.dedicated ? 'it stays open' : 'the pool loses a slot');
  const returned = lease.dedicated ? 'ended' : 'given back';
  return { ...wordsOf(checkout), harm, returned, line: String(witness.loc.start.line) };
}

/** Names of the user's own that leave the sentence at 160 characters. */
const ROOM = 56;

/** What it is called, where it comes from, the call that gives it back, and where that belongs. */
function wordsOf(checkout: Checkout): Record<'name' | 'release' | 'source' | 'where', string> {
  const { name, source, lease, form, handedOn } = checkout;
  const [method] = lease.giveBack;
  const isRollback = method !== undefined && lease.transaction?.rollback.includes(method) === true;
  const where = form === 'callback' ? 'on every path' : handedOn || isRollback ? 'in `catch`' : 'in `finally`';
  const full = releaseOf(checkout);
  const fits = (text: string): boolean => name.length + text.length <= ROOM - 12;
  const bare = fits(full) ? full : full.replace(/^.*\./, '');
  const release = fits(bare) ? bare : bare.replace(/\(.+\)$/, '(…)');
  const left = Math.max(ROOM - name.length - release.length, 8);
  return { name, source: shorten(source, left), release: `\`${release}\``, where };
}

function releaseOf({ name, source, lease, done }: Checkout): string {
  const [method] = lease.giveBack;
  if (done) return `${done.name}()`;
  return method === undefined
    ? `${source.replace(/\.[^.]*$/, '')}.${lease.giveBackThrough?.[0] ?? ''}(${name})`
    : `${name}.${method}()`;
}
