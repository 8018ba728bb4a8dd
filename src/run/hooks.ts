/**
 * The project's hooks around a run: on-run-start and on-run-end.
 */
import { type Diagnostic, toDiagnostic } from '../base/index.js';
import { type Compiler, drive, renderRuntimeText } from '../compile/index.js';
import type { Emit } from '../events/index.js';
import type { Value } from '../jinja/index.js';
import type { OperationNode } from '../manifest/index.js';
import { splitWithEnds } from '../sql/index.js';
import type { RunDriver } from './run-driver.js';

export interface HookOptions {
  readonly event: OperationNode['event'];
  /** Of both events, in dbt's order. */
  readonly hooks: readonly OperationNode[];
  readonly compiler: Compiler;
  readonly driverOf: (hook: OperationNode) => RunDriver;
  /** Members that the hooks' templates see beside the usual ones. */
  readonly extra?: () => ReadonlyMap<string, Value>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/**
 * Runs the hooks of one event, each statement by itself. A failed on-run-start hook keeps those after it from running.
 *
 * @returns what failed; empty if nothing did.
 */
export async function runHooks(options: HookOptions): Promise<readonly Diagnostic[]> {
  const { event, compiler, emit, signal } = options;
  const failures: Diagnostic[] = [];
  const hooks = options.hooks.filter((one) => one.event === event);
  const extra = hooks.length === 0 ? undefined : options.extra?.();
  for (const hook of hooks) {
    try {
      await runHook(hook, compiler, { ...options, extra });
    } catch (error) {
      const diagnostic = toDiagnostic(error, 'run/hook-failed', hook.id);
      failures.push({
        ...diagnostic,
        message: `${event} hook ${hook.index + 1} of ${hook.packageName} failed: ${diagnostic.message}`,
      });
      if (signal.aborted) return failures;
      emit({ type: 'log', level: 'error', message: diagnostic.message, nodeId: hook.id });
      if (event === 'on-run-start') return failures;
    }
  }
  return failures;
}

async function runHook(
  hook: OperationNode,
  compiler: Compiler,
  {
    driverOf,
    extra,
    signal,
  }: Pick<HookOptions, 'driverOf' | 'signal'> & {
    readonly extra: ReadonlyMap<string, Value> | undefined;
  },
): Promise<void> {
  const driver = driverOf(hook);
  const context = compiler.operationContext(hook.packageName, extra === undefined ? {} : { extra });
  const sql = await drive(renderRuntimeText(hook.rawCode, context, hook.originalFilePath), driver, {
    signal,
  });
  for (const { text, end } of splitWithEnds(sql)) {
    await driver.answer(
      { kind: 'statement', sql: text, end, bindings: [], readsRows: false },
      { signal },
    );
  }
}
