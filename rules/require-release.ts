import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';
import type { Checkout, Leak, LeakReason, Verdict } from '../src/analysis/index.ts';
import { repairWithUsing } from '../src/fixes/await-using.ts';
import { repairLeak } from '../src/fixes/leak.ts';
import { offer } from '../src/fixes/repair.ts';

type MessageIds =
  LeakReason | 'releaseBeforeExit' | 'releaseInFinally' | 'rollBack' | 'useUsing' | 'wrapInFinally';
type Options = [{ certainty: 'likely' | 'proven' }];

export default createRule<MessageIds, Options>({
  name: 'require-release',
  meta: {
    type: 'problem',
    docs: {
      description: 'require every connection taken from a pool to be given back on every path',
      recommended: true,
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          certainty: {
            type: 'string',
            enum: ['likely', 'proven'],
            description: 'Which checkouts to follow: also those that only their use makes likely, or only proven ones.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ certainty: 'likely' }],
    messages: {
      never: '`{{name}}` from `{{source}}` is never given back, so {{harm}}. Call {{release}} in `finally`.',
      throw:
        '`{{name}}` from `{{source}}` is not given back when line {{line}} throws, so {{harm}}. Call {{release}} in `finally`.',
      exit: '`{{name}}` from `{{source}}` is not given back when line {{line}} leaves, so {{harm}}. Call {{release}} in `finally`.',
      path: '`{{name}}` from `{{source}}` is not given back on the path through line {{line}}, so {{harm}}. Call {{release}} in `finally`.',
      overwritten: '`{{name}}` from `{{source}}` is overwritten while it is held, so {{harm}}. Call {{release}} first.',
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
          const { checkout, leaks } = verdict;
          const leak = worst(leaks);
          if (!leak || (certainty === 'proven' && checkout.certainty !== 'proven')) continue;
          const data = dataOf(checkout, leak);
          const { fix, suggest } = offer<MessageIds>(
            [repairLeak(context, verdict), repairWithUsing(context, verdict)],
            data,
          );
          context.report({ node: checkout.site, messageId: leak.reason, data, fix, suggest });
        }
      },
    };
  },
});

const ORDER: readonly LeakReason[] = ['never', 'overwritten', 'exit', 'path', 'throw'];

/** One report per checkout, with the plainest of its reasons. */
function worst(leaks: Verdict['leaks']): Leak | undefined {
  return [...leaks].sort((a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason))[0];
}

function dataOf({ name, source, lease }: Checkout, { witness }: Leak): Record<string, string> {
  const [method = ''] = lease.giveBack;
  const release =
    lease.giveBack.length > 0 ? `\`${name}.${method}()\`` : `\`${lease.giveBackThrough?.[0] ?? ''}(${name})\``;
  const harm = lease.dedicated ? 'it stays open' : 'the pool loses a slot';
  return { name, source, release, harm, line: String(witness.loc.start.line) };
}
