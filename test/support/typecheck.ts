import ts from 'typescript';

/** What the compiler says of files that need not exist: by name, each with what holds for all of them. */
export function diagnosticsOf(
  texts: ReadonlyMap<string, string>,
  options: ts.CompilerOptions,
): Map<string, readonly ts.Diagnostic[]> {
  const { fileExists, getSourceFile, readFile, ...host } = ts.createCompilerHost(options);
  const target = options.target ?? ts.ScriptTarget.ES2022;
  const program = ts.createProgram([...texts.keys()], options, {
    ...host,
    fileExists: (name) => texts.has(name) || fileExists(name),
    readFile: (name) => texts.get(name) ?? readFile(name),
    getSourceFile: (name, ...rest) => {
      const text = texts.get(name);
      return text === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, text, target, true);
    },
  });
  return new Map(
    [...texts.keys()].map((name) => [name, ts.getPreEmitDiagnostics(program, program.getSourceFile(name))]),
  );
}

export function textOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, ' ');
}
