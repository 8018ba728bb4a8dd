/**
 * Macros as files define them, before anything calls them.
 */
import { type Diagnostic, toDiagnostic } from '../base/index.js';
import {
  type Block,
  type BlockKind,
  JinjaError,
  parseTemplate,
  splitBlocks,
  type Template,
} from '../jinja/index.js';

export interface MacroDefinition {
  /** `macro.<package>.<name>`; the name carries dbt's prefix: `materialization_table_default`, `test_unique`. */
  readonly id: string;
  readonly name: string;
  readonly packageName: string;
  readonly kind: 'macro' | 'materialization' | 'test';
  /** For a materialization: the adapter it is for, or `default`. */
  readonly adapter: string | null;
  /** The whole block, tags included. */
  readonly sql: string;
  /** Relative to the package's root. */
  readonly path: string;
  /** Where the block starts, 1-based. */
  readonly line: number;
}

/** The blocks that dbt looks for in a macro file; others are text there. */
const MACRO_KINDS: readonly Exclude<BlockKind, 'data'>[] = ['macro', 'materialization', 'test'];

/**
 * Reads the macros, materializations and generic tests of one file.
 *
 * A file that cannot be split gives its error as a diagnostic and no macros.
 */
export function readMacroFile(file: {
  readonly packageName: string;
  readonly originalFilePath: string;
  readonly text: string;
}): { readonly macros: readonly MacroDefinition[]; readonly diagnostics: readonly Diagnostic[] } {
  try {
    const blocks = splitBlocks(file.text, { name: file.originalFilePath, kinds: MACRO_KINDS });
    const macros = blocks.flatMap((block) => {
      const macro = macroOf(block, file.packageName, file.originalFilePath);
      return macro === null ? [] : [macro];
    });
    return { macros, diagnostics: [] };
  } catch (error) {
    if (!(error instanceof JinjaError)) throw error;
    return { macros: [], diagnostics: [toDiagnostic(error, 'context/macro-file')] };
  }
}

function macroOf(block: Block, packageName: string, path: string): MacroDefinition | null {
  if (block.kind !== 'macro' && block.kind !== 'test' && block.kind !== 'materialization')
    return null;
  const adapter = block.kind === 'materialization' ? adapterOf(block.args) : null;
  const name =
    block.kind === 'test'
      ? `test_${block.name}`
      : block.kind === 'materialization'
        ? `materialization_${block.name}_${adapter ?? 'default'}`
        : block.name;
  return {
    id: `macro.${packageName}.${name}`,
    name,
    packageName,
    kind: block.kind,
    adapter,
    sql: block.fullText,
    path,
    line: block.line,
  };
}

/** `materialization table, adapter='snowflake'` names its adapter; `default` is the word for none. */
function adapterOf(args: string): string {
  return /\badapter\s*=\s*['"](?<name>[^'"]+)['"]/u.exec(args)?.groups?.['name'] ?? 'default';
}

const templates = new WeakMap<MacroDefinition, Template>();

/** The macro's own template, parsed at its first use. @throws JinjaError if it does not parse. */
export function templateOf(macro: MacroDefinition): Template {
  let template = templates.get(macro);
  if (template === undefined) {
    template = parseTemplate(macro.sql, { name: macro.path, firstLine: macro.line });
    templates.set(macro, template);
  }
  return template;
}
