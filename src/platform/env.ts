/**
 * Environment variables: what a `.env` file adds to those of the process, and dbt's two prefixes.
 */
import { findUp, joinPath } from './paths.js';
import { isFile, readText } from './disk.js';

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Adds what the nearest `.env` says, from `folder` upwards; what the shell set wins. No `.env`: the same variables.
 *
 * Understands what python-dotenv does: `export`, single and double quotes, comments, `${NAME}` and `${NAME:-default}`.
 */
export function withDotEnv(env: Environment, folder: string): Environment {
  const home = findUp('.env', folder);
  if (home === undefined || !isFile(joinPath(home, '.env'))) return env;
  return { ...parseDotEnv(readText(joinPath(home, '.env')), env), ...env };
}

/** The value of one of dbt's own settings: `DBT_ENGINE_<NAME>`, else `DBT_<NAME>`; empty counts as unset. */
export function dbtSetting(env: Environment, name: string): string | undefined {
  const value = env[`DBT_ENGINE_${name}`] ?? env[`DBT_${name}`];
  return value === '' ? undefined : value;
}

const LINE =
  /^[ \t]*(?:export[ \t]+)?(?<name>[^\s=#'"]+)[ \t]*=[ \t]*(?:'(?<single>(?:\\'|[^'])*)'|"(?<double>(?:\\"|[^"])*)"|(?<bare>[^\r\n]*?))[ \t]*(?:[ \t]#[^\r\n]*)?$/gmu;

function parseDotEnv(text: string, env: Environment): Record<string, string> {
  const values: Record<string, string> = {};
  const lookup = (name: string): string | undefined => env[name] ?? values[name];
  for (const { groups } of text.replaceAll('\r\n', '\n').matchAll(LINE)) {
    const { name, single, double, bare } = groups ?? {};
    if (name === undefined) continue;
    values[name] = expand(single ?? unescape(double) ?? bare ?? '', lookup, single !== undefined);
  }
  return values;
}

function unescape(text: string | undefined): string | undefined {
  return text?.replaceAll(/\\([\\"'abfnrtv])/gu, (_, letter: string) => ESCAPES[letter] ?? letter);
}

function expand(
  text: string,
  lookup: (name: string) => string | undefined,
  isSingle: boolean,
): string {
  if (isSingle) return text.replaceAll(/\\(['\\])/gu, '$1');
  return text.replaceAll(
    /\$\{(?<name>[^}:]+)(?::-(?<fallback>[^}]*))?\}/gu,
    (_, name: string, fallback: string | undefined) => lookup(name) ?? fallback ?? '',
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
