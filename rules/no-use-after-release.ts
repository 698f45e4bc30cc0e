import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';

type MessageIds = 'returnedWithoutAwait' | 'usedAfterRelease';

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
      usedAfterRelease: '`{{name}}` was given back before this, so another request may hold it. Use it before giving it back.',
      returnedWithoutAwait: '`finally` gives `{{name}}` back before this is done, because nothing awaits it. Write `return await`.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const { checkout, lateUses, unawaitedReturns } of fileFacts(context).verdicts) {
          const data = { name: checkout.name };
          for (const node of lateUses) context.report({ node, messageId: 'usedAfterRelease', data });
          for (const node of unawaitedReturns) context.report({ node, messageId: 'returnedWithoutAwait', data });
        }
      },
    };
  },
});
