import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';
import { repairWithListener } from '../src/fixes/listener/listener.ts';
import { offer } from '../src/fixes/repair.ts';
import { sentences } from '../src/policy/sentences.ts';
import { shorten } from '../src/policy/words.ts';

type MessageIds = 'addErrorListener' | 'built' | 'held';

export default createRule<MessageIds, []>({
  name: 'require-error-listener',
  meta: {
    type: 'problem',
    docs: {
      description: 'require a listener for `error` events that would end the process',
      recommended: true,
    },
    hasSuggestions: true,
    schema: [],
    messages: {
      ...sentences['pool/require-error-listener'],
      addErrorListener: 'Listen to the `error` events of `{{name}}`',
    },
  },
  create(context) {
    return {
      Program() {
        for (const creation of fileFacts(context).creations) {
          const { owns, site, unheard } = creation;
          const name = shorten(creation.name, 22);
          const data = { name, when: owns.crashes?.when };
          for (const whose of unheard) {
            const { suggest } = offer<MessageIds>([repairWithListener(context, creation, whose)], data);
            context.report({ node: site, messageId: whose, data, suggest });
          }
        }
      },
    };
  },
});
