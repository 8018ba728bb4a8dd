/** Charts in letters, as they are seen. */
import { expect, test } from 'vitest';
import type { ChartData, ChartPoint } from '../../../src/workbench/notebook/chart-data.js';
import { chartTitle, drawChart } from '../../../src/workbench/notebook/draw-chart.js';

const chartOf = (
  shape: ChartData['shape'],
  points: readonly (readonly [label: string, value: number | null, group?: string])[],
): ChartData => ({
  shape,
  xTitle: 'day',
  yTitle: 'sum(n)',
  points: points.map(([label, value, group = null]): ChartPoint => ({ label, value, group })),
  isCut: false,
});

test.each([
  {
    name: 'bars in eighths, nothing and less than nothing',
    chart: chartOf('bar', [
      ['payments', 1102],
      ['警報', 520],
      ['gate\u001bway', 10.25],
      ['none', null],
      ['back', -551],
    ]),
    lines: [
      'payments  ███████████████████████  1,102',
      '警報      ██████████▉                520',
      'gate␛way  ▎                        10.25',
      'none                                   ∅',
      'back      ░░░░░░░░░░░░              -551',
    ],
  },
  {
    name: 'lines in dots, gaps stay gaps',
    chart: chartOf('line', [
      ['a', 0],
      ['b', 10],
      ['c', null],
      ['d', 10],
      ['e', 0],
    ]),
    lines: [
      '10 ┤        ⡜                 ⢣',
      '   ┤       ⡜                   ⢣',
      '   ┤      ⡰⠁                   ⠈⢆',
      '   ┤     ⡰⠁                     ⠈⢆',
      '   ┤    ⢠⠃                       ⠘⡄',
      '   ┤   ⢠⠃                         ⠘⡄',
      '   ┤  ⢀⠎                           ⠱⡀',
      '   ┤ ⢀⠎                             ⠱⡀',
      '   ┤ ⡜                               ⢣',
      ' 0 ┤⡜                                 ⢣',
      '    a                                 e',
    ],
  },
  {
    name: 'a sparkline for each group',
    chart: chartOf('sparkline', [
      ['1', 1, 'one'],
      ['2', 2, 'one'],
      ['3', 8, 'one'],
      ['1', 5, 'three'],
      ['2', null, 'three'],
    ]),
    lines: ['one    ▁▂█  1 – 8, last 8', 'three  ▅   5 – 5, last 5'],
  },
  { name: 'nothing', chart: chartOf('bar', []), lines: ['nothing to draw'] },
  { name: 'nothing known', chart: chartOf('line', [['a', null]]), lines: ['nothing to draw'] },
])('$name', ({ chart, lines }) => {
  expect(drawChart(chart, 40)).toEqual(lines);
});

test('a title says what is drawn', () => {
  expect(chartTitle(chartOf('bar', []))).toBe('bar · sum(n) by day');
});
