import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';
import { repairUnawaitedReturn } from '../src/fixes/release/add-await.ts';
import { offer } from '../src/fixes/repair.ts';
import { repairLateUse } from '../src/fixes/release/in-finally.ts';

type MessageIds = 'addAwait' | 'moveRelease' | 'returnedWithoutAwait' | 'usedAfterRelease';

export default createRule<MessageIds, []>({
  name: 'no-use-after-release',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow using a connection after it was given back',
      recommended: true,
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      usedAfterRelease:
        '`{{name}}` was given back before this, so another request may hold it. Use it before giving it back.',
      returnedWithoutAwait:
        '`finally` gives `{{name}}` back before this is done, because nothing awaits it. Write `return await`.',
      addAwait: 'Write `return await`',
      moveRelease: 'Give `{{name}}` back after its last use',
    },
  },
  create(context) {
    return {
      Program() {
        for (const verdict of fileFacts(context).verdicts) {
          const data = { name: verdict.checkout.name };
          for (const node of verdict.lateUses) {
            const { suggest } = offer<MessageIds>([repairLateUse(context, verdict, node)], data);
            context.report({ node, messageId: 'usedAfterRelease', data, suggest });
          }
          for (const node of verdict.unawaitedReturns) {
            const { fix, suggest } = offer<MessageIds>([repairUnawaitedReturn(node)], data);
            context.report({ node, messageId: 'returnedWithoutAwait', data, fix, suggest });
          }
        }
      },
    };
  },
});
