import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';

type MessageIds = 'releasedTwice';

export default createRule<MessageIds, []>({
  name: 'no-double-release',
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow giving the same connection back twice',
      recommended: true,
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      releasedTwice: '`{{name}}` was given back before, so this throws or frees the next holder’s connection. Remove this call.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const { checkout, secondReleases } of fileFacts(context).verdicts) {
          if (checkout.lease.second === 'ignored') continue;
          for (const node of secondReleases) {
            context.report({ node, messageId: 'releasedTwice', data: { name: checkout.name } });
          }
        }
      },
    };
  },
});
