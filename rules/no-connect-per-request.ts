import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';
import type { RepetitionReason } from '../src/analysis/index.ts';
import { repairByHoisting } from '../src/fixes/hoist/hoist.ts';
import { repairAsCheckout } from '../src/fixes/pooled/pooled.ts';
import { offer } from '../src/fixes/repair.ts';
import { shorten } from '../src/policy/words.ts';

type MessageIds = 'handler' | 'hoist' | 'keyed' | 'loop' | 'oneShot' | 'usePool';

export default createRule<MessageIds, []>({
  name: 'no-connect-per-request',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow connections opened in code that runs more than once',
      recommended: true,
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      handler:
        '`{{source}}` connects in each call of the {{what}} in line {{line}}, so every call opens a connection. {{remedy}}.',
      keyed: '`{{source}}` opens a connection for each {{what}} to hear one channel. One subscriber can hear them all.',
      loop: '`{{source}}` connects in each round of the {{what}} in line {{line}}, so every round opens a connection. {{remedy}}.',
      oneShot:
        '`{{source}}` connects in each call of {{what}}, so every call opens a connection of its own. {{remedy}}.',
      hoist: 'Build it once, at module level',
      usePool: 'Take the connection from a pool',
    },
  },
  create(context) {
    return {
      Program() {
        const { creations, sharedPool, structural } = fileFacts(context);
        for (const creation of creations) {
          const { owns, repeats, site, source } = creation;
          if (owns.what !== 'connection' || !repeats) continue;
          const data = {
            source: shorten(source, 28),
            what: shorten(repeats.what, 30),
            line: repeats.node.loc.start.line,
            remedy: owns.shared ? 'Share one' : 'Use a pool',
          };
          const repair = owns.shared
            ? repairByHoisting(context, creation, undefined)
            : repairAsCheckout(context, creation, sharedPool);
          const { fix, suggest } = offer<MessageIds>([repair], data, structural);
          context.report({ node: site, messageId: idOf(repeats.reason), data, fix, suggest });
        }
      },
    };
  },
});

function idOf(reason: RepetitionReason): MessageIds {
  return reason === 'loop' || reason === 'oneShot' || reason === 'keyed' ? reason : 'handler';
}
