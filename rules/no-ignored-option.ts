import { distinct, fileFacts, locate } from '../src/analysis/index.ts';
import { createRule } from '../src/create-rule.ts';
import { nameFindings } from '../src/findings/names.ts';
import type { NameId } from '../src/findings/names.ts';
import { repairByRenaming } from '../src/fixes/options/rename-option.ts';
import { repairBySettingAll } from '../src/fixes/options/set-option.ts';
import { offer } from '../src/fixes/repair.ts';
import { sentences } from '../src/policy/sentences.ts';

type MessageIds = NameId | 'setNeeded' | 'useOption';

export default createRule<MessageIds, []>({
  name: 'no-ignored-option',
  meta: {
    type: 'suggestion',
    docs: {
      description: 'disallow options that the driver does not read, or not there, or refuses',
      recommended: true,
    },
    fixable: 'code',
    hasSuggestions: true,
    schema: [],
    messages: {
      ...sentences['pool/no-ignored-option'],
      setNeeded: 'Set `{{needs}}: {{value}}`',
      useOption: 'Write the option that {{driver}} reads',
    },
  },
  create(context) {
    return {
      Program() {
        const { configurations, structural } = fileFacts(context);
        const all = configurations.flatMap((one) => nameFindings(one).map((found) => locate(one, found)));
        for (const { changes, configuration, data, given, messageId, move, node } of distinct(all)) {
          const moving = move && given?.property && { ...move, property: given.property, messageId: 'useOption' };
          const moved = moving && repairByRenaming(context, configuration, moving);
          const set = repairBySettingAll(context, configuration, changes, 'setNeeded');
          const { fix, suggest } = offer<MessageIds>([moved, set], data, structural);
          context.report({ node, messageId, data, fix, suggest });
        }
      },
    };
  },
});
