import { distinct, fileFacts, locate } from '../src/analysis/index.ts';
import { createRule } from '../src/create-rule.ts';
import { sizeFindings } from '../src/findings/sizes.ts';
import type { SizeId } from '../src/findings/sizes.ts';
import { sumFindings } from '../src/findings/sums.ts';
import { repairBySettingAll } from '../src/fixes/options/set-option.ts';
import { offer } from '../src/fixes/repair.ts';
import { sentences } from '../src/policy/sentences.ts';

type MessageIds = SizeId | 'setSize' | 'sumAbovePolicy';
type Options = [{ explicit: boolean }];

export default createRule<MessageIds, Options>({
  name: 'no-unbounded-pool',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow pools and queues without bound, or above the policy',
      recommended: true,
      strictOptions: [{ explicit: true }],
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          explicit: {
            type: 'boolean',
            description:
              'Whether to report also sizes that nobody chose, and pools of one in a file that runs a server.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ explicit: false }],
    messages: { ...sentences['pool/no-unbounded-pool'], setSize: 'Set `{{option}}: {{value}}`' },
  },
  create(context) {
    return {
      Program() {
        const { configurations, ends, policy, serves, structural } = fileFacts(context);
        if (ends) return;
        const { explicit } = context.options[0];
        const sizes = configurations.flatMap((one) =>
          sizeFindings(one, policy, { explicit, serves }).map((found) => locate(one, found)),
        );
        const sums = sumFindings(configurations, policy).map((found) => locate(found.configuration, found));
        for (const { changes, configuration, data, kind, messageId, node } of distinct([...sizes, ...sums])) {
          const repair = repairBySettingAll(context, configuration, changes, 'setSize', kind);
          const { fix, suggest } = offer<MessageIds>([repair], data, structural);
          context.report({ node, messageId, data, fix, suggest });
        }
      },
    };
  },
});
