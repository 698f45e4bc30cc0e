import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';
import { repairPoolTransaction } from '../src/fixes/pool-transaction/pool-transaction.ts';
import { offer } from '../src/fixes/repair.ts';

type MessageIds = 'checkOut' | 'transactionOnPool';

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
      transactionOnPool:
        '{{statement}} through `{{pool}}` runs on any free connection, so it is no transaction. Check out one connection for all of it.',
      checkOut: 'Check out one connection for the transaction',
    },
  },
  create(context) {
    return {
      Program() {
        const { poolTransactions } = fileFacts(context);
        for (const one of poolTransactions) {
          const data = { statement: one.statement, pool: one.pool };
          const { suggest } = offer<MessageIds>([repairPoolTransaction(context, poolTransactions, one)], data);
          context.report({ node: one.call, messageId: 'transactionOnPool', data, suggest });
        }
      },
    };
  },
});
