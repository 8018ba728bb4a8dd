/**
 * `modules.itertools`.
 */
import { valueError } from '../error.js';
import { intArgument } from '../methods/text-search.js';
import { type CallArguments, PyFunction, type Value } from '../value.js';
import { operate } from '../values/arithmetic.js';
import { bindArguments, signature } from '../values/arguments.js';
import { argumentsOf, callValue } from '../values/call.js';
import { isTruthy } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { iterable, iterate, toList } from '../values/iterate.js';
import { PyIterator } from '../values/iterator.js';
import { PyTuple } from '../values/tuple.js';

/** A lazy function: its body yields. */
function lazy(
  name: string,
  body: (call: CallArguments) => Generator<Value, void>,
): readonly [string, Value] {
  return [name, new PyFunction(name, (call) => new PyIterator(name, body(call)))];
}

const ACCUMULATE = signature('accumulate(iterable, func=None, *, initial=None)');
const COUNT = signature('count(start=0, step=1)');
const REPEAT = signature('repeat(object, times=None)');
const PRODUCT = signature('product(*iterables, repeat=1)');
const ZIP_LONGEST = signature('zip_longest(*iterables, fillvalue=None)');
const PICK = signature('combinations(iterable, r=None)');

/** dbt's `modules.itertools`. Endless iterators are fine as long as something ends the loop over them. */
export function itertoolsModule(): PyDict {
  return PyDict.fromEntries([
    lazy('accumulate', accumulate),
    [
      'chain',
      new PyFunction('chain', ({ args }) => new PyIterator('itertools.chain', chain(args))),
    ],
    lazy('combinations', (call) => picks(call, false, true)),
    lazy('combinations_with_replacement', (call) => picks(call, true, true)),
    lazy('compress', compress),
    lazy('count', function* count(call) {
      const [start = 0, step = 1] = bindArguments(COUNT, call);
      for (let value = start; ; value = operate('+', value, step)) yield value;
    }),
    lazy('cycle', function* cycle({ args: [items = []] }) {
      const all = toList(items);
      while (all.length > 0) yield* all;
    }),
    lazy('islice', islice),
    lazy('permutations', (call) => picks(call, false, false)),
    lazy('product', product),
    lazy('repeat', function* repeat(call) {
      const [object = null, times = null] = bindArguments(REPEAT, call);
      const most = times === null ? Number.POSITIVE_INFINITY : intArgument(times);
      for (let count = 0; count < most; count += 1) yield object;
    }),
    lazy('starmap', function* starmap({ args: [callee = null, items = null] }) {
      for (const item of iterable(items)) yield callValue(callee, argumentsOf(...toList(item)));
    }),
    [
      'tee',
      new PyFunction('tee', ({ args: [items = null, count = 2] }) => {
        const all = toList(items);
        return new PyTuple(
          Array.from(
            { length: intArgument(count) },
            () => new PyIterator('itertools._tee', all.values()),
          ),
        );
      }),
    ],
    lazy('zip_longest', zipLongest),
  ]);
}

function* chain(sources: readonly Value[]): Generator<Value, void> {
  for (const source of sources) yield* iterable(source);
}

function* accumulate(call: CallArguments): Generator<Value, void> {
  const [items = null, callee = null, initial = null] = bindArguments(ACCUMULATE, call);
  let total = initial;
  if (total !== null) yield total;
  for (const item of iterable(items)) {
    if (total === null) total = item;
    else {
      total =
        callee === null ? operate('+', total, item) : callValue(callee, argumentsOf(total, item));
    }
    yield total;
  }
}

function* compress({
  args: [items = null, selectors = null],
}: CallArguments): Generator<Value, void> {
  const chosen = iterate(selectors);
  for (const item of iterable(items)) {
    const step = chosen.next();
    if (step.done === true) return;
    if (isTruthy(step.value)) yield item;
  }
}

function* islice({ args }: CallArguments): Generator<Value, void> {
  const [items = null, second = null, third, fourth = 1] = args;
  const start = third === undefined || second === null ? 0 : intArgument(second);
  const end = third === undefined ? second : third;
  const stop = end === null ? Number.POSITIVE_INFINITY : intArgument(end);
  const step = fourth === null ? 1 : intArgument(fourth);
  if (start < 0 || stop < 0 || step < 1) {
    throw valueError('Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
  }
  let index = 0;
  if (stop === 0) return;
  for (const item of iterable(items)) {
    if (index >= start && (index - start) % step === 0) yield item;
    index += 1;
    if (index >= stop) return;
  }
}

function* zipLongest(call: CallArguments): Generator<Value, void> {
  const [sources = null, fill = null] = bindArguments(ZIP_LONGEST, call);
  const iterators = toList(sources).map(iterate);
  for (;;) {
    let isOver = true;
    const row = iterators.map((iterator) => {
      const step = iterator.next();
      if (step.done === true) return fill;
      isOver = false;
      return step.value;
    });
    if (isOver) return;
    yield new PyTuple(row);
  }
}

function* product(call: CallArguments): Generator<Value, void> {
  const [sources = null, repeat = 1] = bindArguments(PRODUCT, call);
  const once = toList(sources).map(toList);
  const pools = Array.from({ length: intArgument(repeat) }, () => once).flat();
  const walk = function* walk(at: number, chosen: readonly Value[]): Generator<Value, void> {
    const pool = pools[at];
    if (pool === undefined) yield new PyTuple(chosen);
    else for (const item of pool) yield* walk(at + 1, [...chosen, item]);
  };
  yield* walk(0, []);
}

/** Combinations (in order) or permutations of so many items. */
function* picks(call: CallArguments, repeats: boolean, isOrdered: boolean): Generator<Value, void> {
  const [source = null, length = null] = bindArguments(PICK, call);
  const pool = toList(source);
  const size = length === null ? pool.length : intArgument(length);
  const walk = function* walk(chosen: readonly number[]): Generator<Value, void> {
    if (chosen.length === size) {
      yield new PyTuple(chosen.flatMap((at) => pool.slice(at, at + 1)));
      return;
    }
    const last = chosen.at(-1) ?? (repeats ? 0 : -1);
    const first = isOrdered ? (repeats ? last : last + 1) : 0;
    for (let at = first; at < pool.length; at += 1) {
      if (!isOrdered && chosen.includes(at)) continue;
      yield* walk([...chosen, at]);
    }
  };
  yield* walk([]);
}
