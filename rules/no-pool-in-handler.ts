import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';
import type { RepetitionReason } from '../src/analysis/index.ts';
import { repairAsGlobal } from '../src/fixes/global/global.ts';
import { repairByHoisting } from '../src/fixes/hoist/hoist.ts';
import { offer } from '../src/fixes/repair.ts';
import { shorten } from '../src/policy/words.ts';

type MessageIds = 'handler' | 'loop' | 'oneShot' | 'reload' | 'forgotten' | 'hoist' | 'keepOnGlobal';

export default createRule<MessageIds, []>({
  name: 'no-pool-in-handler',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow pools, and clients that own one, built in code that runs more than once',
      recommended: true,
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      handler:
        '`{{source}}` runs in each call of the {{what}} in line {{line}}, so every call opens a pool. Build it at module level.',
      loop: '`{{source}}` runs in each round of the {{what}} in line {{line}}, so every round opens a pool. Build it once, before that.',
      oneShot:
        '`{{source}}` runs in each call of {{what}}, so every call opens a pool of its own. Build it once and share it.',
      reload:
        '`{{source}}` runs again at each hot reload of {{what}}, and the old ones stay connected. Keep it on `globalThis`.',
      forgotten:
        '`{{what}}` is read but not set outside of production, so each hot reload runs `{{source}}` again. Set it there.',
      hoist: 'Build it once, at module level',
      keepOnGlobal: 'Keep it on `globalThis`',
    },
  },
  create(context) {
    return {
      Program() {
        const { creations, sharedPool, structural } = fileFacts(context);
        for (const creation of creations) {
          const { owns, repeats, site, source } = creation;
          if (owns.what !== 'pool' || !repeats) continue;
          const data = {
            source: shorten(source, 28),
            what: shorten(repeats.what, 30),
            line: repeats.node.loc.start.line,
          };
          const repair = repairAsGlobal(context, creation) ?? repairByHoisting(context, creation, sharedPool);
          const { fix, suggest } = offer<MessageIds>([repair], data, structural);
          context.report({ node: site, messageId: idOf(repeats.reason), data, fix, suggest });
        }
      },
    };
  },
});

function idOf(reason: RepetitionReason): MessageIds {
  if (reason === 'loop' || reason === 'oneShot' || reason === 'reload' || reason === 'forgotten') return reason;
  return 'handler';
}
