import { createRule } from '../src/create-rule.ts';
import { fileFacts } from '../src/analysis/index.ts';
import { repairWithListener } from '../src/fixes/error-listener.ts';
import { offer } from '../src/fixes/repair.ts';
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
    defaultOptions: [],
    messages: {
      built:
        "Nobody listens to the `error` events of `{{name}}`, so {{when}} ends the process. Add `{{receiver}}.on('error', …)`.",
      held: "`{{name}}` has an `error` listener, but a connection that breaks while it is held ends the process. Listen in `{{receiver}}.on('connect', …)`.",
      addErrorListener: 'Listen to the `error` events of `{{name}}`',
    },
  },
  create(context) {
    return {
      Program() {
        for (const creation of fileFacts(context).creations) {
          const { owns, site, unheard } = creation;
          if (!unheard || !owns.crashes) continue;
          const name = shorten(creation.name, 22);
          const data = { name, receiver: name, when: owns.crashes.when };
          context.report({
            node: site,
            messageId: unheard,
            data,
            suggest: offer<MessageIds>([repairWithListener(context, creation)], data).suggest,
          });
        }
      },
    };
  },
});
