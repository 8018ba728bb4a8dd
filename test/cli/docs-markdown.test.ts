import { expect, test } from 'vitest';
import { plainSummary, renderMarkdown } from '../../src/cli/docs/markdown.js';
import { tagsOf } from './html-tags.js';

const linkOf = (name: string): string | null => (name === 'orders' ? '#model.shop.orders' : null);

test.each([
  { what: 'a paragraph', markdown: 'One\ntwo.\n\nThree.', html: '<p>One\ntwo.</p>\n<p>Three.</p>' },
  { what: 'a break', markdown: 'One  \ntwo', html: '<p>One  <br>two</p>' },
  {
    what: 'emphasis',
    markdown: '**a** *b* __c__ ~~d~~',
    html: '<p><strong>a</strong> <em>b</em> <strong>c</strong> <s>d</s></p>',
  },
  {
    what: 'emphasis in emphasis',
    markdown: '**a *b* c**',
    html: '<p><strong>a <em>b</em> c</strong></p>',
  },
  {
    what: 'underscores of names',
    markdown: 'fct_ops__incidents and _id',
    html: '<p>fct_ops__incidents and _id</p>',
  },
  { what: 'a star that nothing closes', markdown: '2 * 3, a*b', html: '<p>2 * 3, a*b</p>' },
  {
    what: 'code',
    markdown: '`a < b` and ``x ` y``',
    html: '<p><code>a &lt; b</code> and <code>x ` y</code></p>',
  },
  {
    what: 'code that names a node',
    markdown: '`orders`',
    html: '<p><a href="#model.shop.orders"><code>orders</code></a></p>',
  },
  { what: 'escapes', markdown: '\\*a\\* \\`b', html: '<p>*a* `b</p>' },
  {
    what: 'a link',
    markdown: '[docs](https://example.com/a_(b)?c=1&d=2)',
    html: '<p><a href="https://example.com/a_(b)?c=1&amp;d=2" rel="noopener noreferrer">docs</a></p>',
  },
  {
    what: 'a bare address',
    markdown: 'See https://example.com/x.',
    html: '<p>See <a href="https://example.com/x" rel="noopener noreferrer">https://example.com/x</a>.</p>',
  },
  {
    what: 'a link to a page',
    markdown: '[a](#!/model/model.shop.orders) [b](#model.shop.orders)',
    html: '<p><a href="#model.shop.orders">a</a> <a href="#model.shop.orders">b</a></p>',
  },
  {
    what: 'an image, as its link',
    markdown: '![plan](https://example.com/p.png)',
    html: '<p><a href="https://example.com/p.png" rel="noopener noreferrer">plan</a></p>',
  },
  { what: 'a heading', markdown: '# Top', html: '<h3>Top</h3>' },
  {
    what: 'a list',
    markdown: '- a\n- b\n  goes on\n- c',
    html: '<ul><li>a</li><li>b\ngoes on</li><li>c</li></ul>',
  },
  {
    what: 'a list in a list',
    markdown: '1. a\n   - b\n2. c',
    html: '<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>',
  },
  { what: 'a quote', markdown: '> a\n> b', html: '<blockquote><p>a\nb</p></blockquote>' },
  {
    what: 'fenced code',
    markdown: '```sql\nselect *\n  from <t>\n```',
    html: '<pre class="prose-code"><code>select *\n  from &lt;t&gt;</code></pre>',
  },
  {
    what: 'a table',
    markdown: '| a | b |\n|---|:-:|\n| 1 | x \\| y |',
    html: '<div class="scroll"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>x | y</td></tr></tbody></table></div>',
  },
  { what: 'a rule', markdown: 'a\n\n---', html: '<p>a</p>\n<hr>' },
  { what: 'nothing', markdown: ' \n', html: '' },
] as const)('$what', ({ markdown, html }) => {
  expect(renderMarkdown(markdown, { linkOf })).toBe(html);
});

test.each([
  { what: 'a script', markdown: '<script>alert(1)</script>' },
  { what: 'an element with a handler', markdown: '<img src=x onerror=alert(1)>' },
  { what: 'a comment that opens', markdown: 'a <!-- b' },
  { what: 'a script in code', markdown: '`</code><script>alert(1)</script>`' },
  { what: 'a script in a fence', markdown: '```\n</code></pre><script>alert(1)</script>\n```' },
  { what: 'a link that runs', markdown: '[a](javascript:alert(1))' },
  {
    what: 'a link that runs, disguised',
    markdown:
      '[a](JaVaScRiPt:alert(1)) [b](\u0001javascript:alert(1)) [c](data:text/html,x) [d](vbscript:x)',
  },
  {
    what: 'a link that leaves its attribute',
    markdown: '[a](https://x/"onmouseover="alert(1)) <https://x/"onclick=y>',
  },
  { what: 'a label that leaves its link', markdown: '[</a><b onclick=x>](https://x)' },
  { what: 'a bare address with a quote', markdown: `https://x/'"><svg/onload=alert(1)>` },
  {
    what: 'a heading and a cell',
    markdown: '# <i onclick=x>\n\n| <b> | x |\n|--|--|\n| <script> | y |',
  },
  { what: 'a name that links itself', markdown: '`orders`<b>' },
] as const)('$what stays text', ({ markdown }) => {
  const tags = tagsOf(renderMarkdown(markdown, { linkOf }));
  for (const { name, attributes } of tags) {
    expect([
      'a',
      'code',
      'div',
      'h3',
      'p',
      'pre',
      'table',
      'tbody',
      'td',
      'th',
      'thead',
      'tr',
      'wbr',
    ]).toContain(name);
    for (const attribute of attributes.keys())
      expect(['class', 'href', 'rel']).toContain(attribute);
    if (name === 'a') expect(attributes.get('href')).toMatch(/^(?:https?:\/\/|#)/u);
  }
});

test.each([
  { what: 'brackets', markdown: '['.repeat(20_000) },
  { what: 'labels', markdown: '[a]('.repeat(10_000) },
  { what: 'stars', markdown: '**a '.repeat(20_000) },
  { what: 'backticks', markdown: '`a``'.repeat(10_000) },
  { what: 'quotes', markdown: '>'.repeat(20_000) },
  {
    what: 'lists',
    markdown: Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}- a`).join('\n'),
  },
  { what: 'bars', markdown: `${'|'.repeat(20_000)}\n${'|-'.repeat(20_000)}` },
  { what: 'dashes', markdown: `${'- '.repeat(20_000)}x` },
] as const)('many $what are no trouble', ({ markdown }) => {
  const started = process.threadCpuUsage();
  tagsOf(renderMarkdown(markdown));
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(3000);
});

test.each([
  { text: '# Title\n\nRest', summary: 'Title' },
  { text: 'A **bold** [link](https://x) and `code`.\n\nMore.', summary: 'A bold link and code.' },
  { text: 'one two three four', maxLength: 10, summary: 'one two…' },
])('summary: $summary', ({ text, maxLength, summary }) => {
  expect(plainSummary(text, maxLength ?? 100)).toBe(summary);
});
