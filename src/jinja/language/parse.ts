/**
 * Text to template.
 */
import { JinjaError } from '../error.js';
import type { MacroDefinition, Template } from './ast.js';
import { checkNames } from './check-names.js';
import { normalizeSource, tokenize } from './lexer.js';
import { parseExpression } from './parse-expressions.js';
import { startParsing } from './parse-state.js';
import { parseTemplateBody } from './parse-statements.js';
import { positionIn } from './position.js';
import { resolve } from './resolve.js';
import { TokenStream } from './token-stream.js';

export interface ParseOptions {
  /** Shown in positions; `<template>` if left out. */
  readonly name?: string;
  /** Line of the text's first line in its file, 1-based; 1 if left out. */
  readonly firstLine?: number;
  /** Jinja2's settings of the same names. dbt leaves all of them off. */
  readonly trimBlocks?: boolean;
  readonly lstripBlocks?: boolean;
  readonly keepTrailingNewline?: boolean;
}

/**
 * Parses a template. The result is plain data and may be cached and rendered any number of times.
 *
 * @throws JinjaError TemplateSyntaxError or TemplateAssertionError, with the position.
 */
export function parseTemplate(text: string, options: ParseOptions = {}): Template {
  const name = options.name ?? '<template>';
  const firstLine = options.firstLine ?? 1;
  const normalized = normalizeSource(text);
  const hasNewline = options.keepTrailingNewline === true && /[\r\n]$/u.test(text);
  const source = hasNewline ? `${normalized}\n` : normalized;
  try {
    return parse({ name, firstLine, source }, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The stack is gone: brackets or tags are nested too deeply, as they would be for Python.
    throw new JinjaError('RecursionError', 'maximum recursion depth exceeded', {
      position: positionIn({ name, firstLine, source }, 0),
    });
  }
}

function parse(
  text: { readonly name: string; readonly firstLine: number; readonly source: string },
  options: ParseOptions,
): Template {
  const stream = new TokenStream(text, tokenize(text.source, options));
  const state = startParsing(stream, parseExpression);
  const body = parseTemplateBody(state);
  const seen = new Set<string>();
  for (const { name, at } of state.blocks) {
    if (seen.has(name)) stream.fail(`block '${name}' defined twice`, at, 'TemplateAssertionError');
    seen.add(name);
  }
  if (state.loopFault !== -1) {
    stream.fail(
      "Can't assign to special loop variable in for-loop target",
      state.loopFault,
      'TemplateAssertionError',
    );
  }
  const hasSelf = state.usages[0]?.get('self') === 'read';
  const resolution = resolve(body, state.blocks, state.reads, hasSelf, stream);
  if (state.hasUnknown) checkNames(body, stream);
  return {
    ...text,
    body,
    macros: body.filter((statement): statement is MacroDefinition => statement.kind === 'macro'),
    blocks: state.blocks,
    ...resolution,
  };
}
