import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';
import { offer } from '../src/fixes/repair.ts';
import { repairSecondRelease } from '../src/fixes/release/second-release.ts';

type MessageIds = 'releasedTwice' | 'removeRelease';

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
      releasedTwice:
        '`{{name}}` was given back before, so this throws or frees the next holder’s connection. Remove this call.',
      removeRelease: 'Give `{{name}}` back once',
    },
  },
  create(context) {
    return {
      Program() {
        for (const verdict of fileFacts(context).verdicts) {
          const { checkout, secondReleases } = verdict;
          if (checkout.lease.second === 'ignored') continue;
          const data = { name: checkout.name };
          for (const node of secondReleases) {
            const { fix, suggest } = offer<MessageIds>([repairSecondRelease(context.sourceCode, verdict, node)], data);
            context.report({ node, messageId: 'releasedTwice', data, fix, suggest });
          }
        }
      },
    };
  },
});
