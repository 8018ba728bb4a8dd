/**
 * Keys of the full map.
 */
import type { Command } from '../command.js';
import type { MapStep } from '../graph/map-walk.js';

function steps(
  id: string,
  title: string,
  keys: readonly string[],
  step: MapStep,
  count = 1,
): Command {
  return {
    id,
    title,
    label: step,
    keys,
    when: ['map'],
    isKeyOnly: true,
    run(workbench) {
      for (let done = 0; done < count; done += 1) workbench.map.walk(step);
    },
  };
}

export const mapCommands: readonly Command[] = [
  steps('map.left', 'Go to what feeds the node', ['h', 'left'], 'left'),
  steps('map.right', 'Go to what the node feeds', ['l', 'right'], 'right'),
  steps('map.down', 'Go down in the layer', ['j', 'down'], 'down'),
  steps('map.up', 'Go up in the layer', ['k', 'up'], 'up'),
  steps('map.page-down', 'Go down by ten', ['ctrl-d', 'ctrl-f', 'pagedown'], 'down', 10),
  steps('map.page-up', 'Go up by ten', ['ctrl-u', 'ctrl-b', 'pageup'], 'up', 10),
];
