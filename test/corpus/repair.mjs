import ts from 'typescript';

/** Applies every fix to a reported file in memory, and looks at what comes out. */

/** @returns {{ changed: boolean, output: string, broken?: string, remaining: object[], syntax?: [number, number] }} */
export function repair(workbench, { name, code }, { tsc = false } = {}) {
  const { output } = workbench.fix(name, code);
  const changed = output !== code;
  const after = workbench.lint(name, output);
  return {
    changed,
    output,
    broken: after.parseError?.message ?? after.crashes[0]?.error.message,
    remaining: after.messages.filter(({ fatal }) => !fatal),
    syntax: tsc ? [countErrors(name, code), countErrors(name, output)] : undefined,
  };
}

function countErrors(fileName, code) {
  const { diagnostics = [] } = ts.transpileModule(code, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.Preserve,
      allowJs: true,
    },
  });
  return diagnostics.length;
}
