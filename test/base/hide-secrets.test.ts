/** Secrets are taken out of what is printed, in the forms in which they come. */
import { expect, test } from 'vitest';
import { hideInJson, hidingSecrets, isHidden } from '../../src/base/index.js';

const hide = hidingSecrets({
  DBT_ENV_SECRET_A: 'p+ss/wörd',
  DBT_ENGINE_SECRET_B: 'other',
  DBT_ENV_SECRET_C: 'another',
  DBT_ENV_SECRET_EMPTY: ' ',
  PLAIN: 'plain',
});

test.each([
  ['x p+ss/wörd y', 'x ***** y'],
  [encodeURIComponent('p+ss/wörd'), '*****'],
  [Buffer.from('p+ss/wörd').toString('base64'), '*****'],
  [Buffer.from('p+ss/wörd').toString('hex'), '*****'],
  ['dröw/ss+p', '*****'],
  ['other and another', '***** and *****'],
  ['plain stays', 'plain stays'],
])('%s', (text, hidden) => {
  expect(hide(text)).toBe(hidden);
});

test('in a value, its keys left as they are', () => {
  const value = hideInJson({ a: ['other', 1, null], other: { b: 'an other' } }, hide);
  expect(value).toEqual({ a: ['*****', 1, null], other: { b: 'an *****' } });
  expect([isHidden(value), isHidden({ a: 'b' })]).toEqual([true, false]);
});
