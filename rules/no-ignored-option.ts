import { fileFacts } from '../src/analysis/index.ts';
import { createRule } from '../src/create-rule.ts';
import { distinct } from '../src/findings/finding.ts';
import { nameFindings } from '../src/findings/names.ts';
import type { NameId } from '../src/findings/names.ts';
import { repairByRenaming } from '../src/fixes/options/rename-option.ts';
import { offer } from '../src/fixes/repair.ts';
import { sentences } from '../src/policy/sentences.ts';

type MessageIds = NameId | 'useOption';

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
    messages: { ...sentences['pool/no-ignored-option'], useOption: 'Write the option that {{driver}} reads' },
  },
  create(context) {
    return {
      Program() {
        const { configurations, structural } = fileFacts(context);
        for (const { configuration, data, messageId, move, node } of distinct(configurations.flatMap(nameFindings))) {
          const repair = move && repairByRenaming(context, configuration, { ...move, messageId: 'useOption' });
          const { fix, suggest } = offer<MessageIds>([repair], data, structural);
          context.report({ node, messageId, data, fix, suggest });
        }
      },
    };
  },
});
