import { distinct, fileFacts, locate } from '../src/analysis/index.ts';
import type { Configuration } from '../src/analysis/index.ts';
import { createRule } from '../src/create-rule.ts';
import { RECOMMENDED, waitFindings } from '../src/findings/waits.ts';
import type { Wait, WaitId } from '../src/findings/waits.ts';
import { repairBySettingAll } from '../src/fixes/options/set-option.ts';
import { offer } from '../src/fixes/repair.ts';
import { sentences } from '../src/policy/sentences.ts';

type MessageIds = WaitId | 'setTimeout';
type Options = [{ checkUnsupported: boolean; explicit: boolean; limits: readonly Wait[] }];

const LIMITS: readonly Wait[] = [
  'acquire',
  'connect',
  'http',
  'idle',
  'lifetime',
  'statement',
  'query',
  'command',
  'socket',
];

export default createRule<MessageIds, Options>({
  name: 'require-timeouts',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'require a bound for every wait on a pool or client, in the unit that its driver reads',
      recommended: true,
      strictOptions: [{ checkUnsupported: true, explicit: true, limits: LIMITS }],
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [
      {
        type: 'object',
        properties: {
          checkUnsupported: {
            type: 'boolean',
            description: 'Whether to report also limits that the driver has no option for.',
          },
          explicit: {
            type: 'boolean',
            description:
              'Whether to report also limits that the code leaves to a connection string of the environment, or to callers who may put options over its own.',
          },
          limits: {
            type: 'array',
            items: { type: 'string', enum: [...LIMITS] },
            uniqueItems: true,
            description: 'The limits whose absence is reported. Those that the policy states always are.',
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ checkUnsupported: false, explicit: false, limits: RECOMMENDED.limits }],
    messages: { ...sentences['pool/require-timeouts'], setTimeout: 'Set `{{option}}: {{value}}`' },
  },
  create(context) {
    return {
      Program() {
        const { configurations, ends, policy, serves, structural } = fileFacts(context);
        if (ends) return;
        const { checkUnsupported: unsupported, explicit, limits } = context.options[0];
        const lasting = configurations.filter((one) => !isPassing(one, serves));
        const all = lasting.flatMap((one) =>
          waitFindings(one, policy, { explicit, limits, unsupported }).map((found) => locate(one, found)),
        );
        for (const { changes, configuration, data, kind, messageId, node } of distinct(all)) {
          const repair = repairBySettingAll(context, configuration, changes, 'setTimeout', kind);
          const { fix, suggest } = offer<MessageIds>([repair], data, structural);
          context.report({ node, messageId, data, fix, suggest });
        }
      },
    };
  },
});

/** A connection that gives way to a pool because it is built again and again, or that a file opens, uses and ends. */
function isPassing({ creation, owns }: Configuration, serves: boolean): boolean {
  if (owns?.what !== 'connection' || !creation) return false;
  return creation.repeats !== undefined || (creation.ends.length > 0 && !serves);
}
