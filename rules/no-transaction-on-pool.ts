import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';

type MessageIds = 'transactionOnPool';

export default createRule<MessageIds, []>({
  name: 'no-transaction-on-pool',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow transaction statements sent through a pool',
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      transactionOnPool: '{{keyword}} through `{{pool}}` runs on any free connection, so it is no transaction. Check out one connection for all of it.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const { call, keyword, pool } of fileFacts(context).poolTransactions) {
          context.report({ node: call, messageId: 'transactionOnPool', data: { keyword, pool } });
        }
      },
    };
  },
});
