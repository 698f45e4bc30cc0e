import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { driverOfModule, exportNamed, known } from './known.ts';
import type { Known } from './known.ts';

/** What we use of the type checker, where the user's parser brings one. */
interface Services {
  readonly program?: unknown;
  readonly getTypeAtLocation?: (node: TSESTree.Node) => TypeLike;
}

interface TypeLike {
  readonly flags: number;
  readonly symbol?: {
    readonly name: string;
    readonly declarations?: readonly { getSourceFile(): { fileName: string } }[];
  };
  readonly types?: readonly TypeLike[];
}

const ANY_OR_UNKNOWN = 1 | 2;
const PACKAGE = /node_modules\/(?:\.pnpm\/[^/]+\/node_modules\/)?(?!.*node_modules\/)(?:@types\/)?((?:@[^/]+\/)?[^/]+)/;

/**
 * The first rung of the ladder: the declaring package of a value's type. It confirms (a driver's type under any name)
 * and refutes (`other`: a type of some other package). Types of the user's own files say nothing.
 */
export function typeOracle(
  sourceCode: Readonly<TSESLint.SourceCode>,
): (node: TSESTree.Node) => Known | 'other' | undefined {
  const services = (sourceCode as { parserServices?: Services }).parserServices;
  const ask = services?.program ? services.getTypeAtLocation : undefined;
  if (!ask) return () => undefined;
  const answers = new Map<TSESTree.Node, Known | 'other' | undefined>();
  return (node) => {
    if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return undefined;
    if (!answers.has(node)) answers.set(node, read(ask, node));
    return answers.get(node);
  };
}

function read(ask: (node: TSESTree.Node) => TypeLike, node: TSESTree.Node): Known | 'other' | undefined {
  try {
    const type = ask(node);
    const parts = type.types ?? [type];
    return parts.map(answer).find((one) => one !== undefined);
  } catch {
    // A type the checker cannot give is no reason to stop linting.
    return undefined;
  }
}

function answer(type: TypeLike): Known | 'other' | undefined {
  if (type.flags & ANY_OR_UNKNOWN || !type.symbol) return undefined;
  const file = type.symbol.declarations?.[0]?.getSourceFile().fileName;
  const name = file && PACKAGE.exec(file)?.[1]?.replace(/^([^@].*)__(.*)$/, '@$1/$2');
  if (!name || name === 'typescript') return undefined;
  const driver = driverOfModule(name);
  if (!driver) return 'other';
  const kind = exportNamed(driver, type.symbol.name)?.value.type;
  return kind === undefined ? undefined : known(driver, kind);
}
