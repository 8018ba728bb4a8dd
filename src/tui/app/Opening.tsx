/**
 * What is shown until the project is open: what is being done, how far it is, and what was done before.
 */
import { Box, Text } from 'ink';
import { type ReactElement, useSyncExternalStore } from 'react';
import { display } from '../../base/index.js';
import { cutEnd } from '../cells/fit.js';
import { durationText } from '../panes/words.js';
import type { OpeningState, OpeningStore } from './opening-state.js';

const BAR_WIDTH = 36;
const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

export function Opening({ store }: { readonly store: OpeningStore }): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { columns, rows } = state.size;
  const width = Math.min(84, columns - 4);
  const spinner = FRAMES[Math.floor((state.nowMs - state.startedAtMs) / 100) % FRAMES.length] ?? '';
  const shown = state.lines.slice(-Math.max(0, Math.min(10, rows - 9)));
  return (
    <Box
      width={columns}
      height={rows}
      flexDirection="column"
      justifyContent="center"
      alignItems="center"
    >
      <Box width={width} flexDirection="column">
        <Text bold color="cyan">
          dagbook
        </Text>
        <Text> </Text>
        <Text>
          <Text color="cyan">{spinner} </Text>
          {display(cutEnd(state.label, width - 14))}
          <Text dimColor>{`  ${durationText(state.nowMs - state.startedAtMs)}`}</Text>
        </Text>
        <Bar state={state} />
        <Text> </Text>
        {shown.map((line) => (
          <Text key={line.id} {...(line.isFailure ? { color: 'red' } : { dimColor: true })}>
            {display(cutEnd(line.text, width))}
          </Text>
        ))}
      </Box>
    </Box>
  );
}

function Bar({ state }: { readonly state: OpeningState }): ReactElement {
  const { done, total } = state;
  if (total === null || total === 0) return <Text> </Text>;
  const cells = Math.min(BAR_WIDTH, Math.floor((done / total) * BAR_WIDTH));
  return (
    <Text>
      <Text color="green">{'█'.repeat(cells)}</Text>
      <Text dimColor>{'░'.repeat(BAR_WIDTH - cells)}</Text>
      <Text>{`  ${done}/${total}`}</Text>
    </Text>
  );
}
