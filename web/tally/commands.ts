// Keys of the count by hand beside those of the classes.
import type { Command } from '../commands';
import { binsOf } from '../review/groups';
import { isStopped, type Step, tallyCounts } from './tally';

function command(
  name: string,
  label: Command['label'],
  keys: Command['keys'],
  action: Command['action'],
): Command {
  return { name, label, bin: null, keys, places: ['tally'], action };
}

function ifAny(steps: readonly Step[], type: 'tallyUndone' | 'tallyRedone') {
  return steps.length === 0 ? null : { type };
}

export const kTallyCommands: readonly Command[] = [
  command('tallyBack', 'command.tally_back', ['Backspace', 'Mod+z'], ({ tally }) =>
    ifAny(tally.steps, 'tallyUndone'),
  ),
  command('tallyAgain', 'command.tally_redo', ['Mod+Shift+z', 'Mod+y'], ({ tally }) =>
    ifAny(tally.undone, 'tallyRedone'),
  ),
  command('tallyGoOn', 'command.tally_go_on', ['Enter'], ({ tally, review }) =>
    isStopped(tally, tallyCounts(tally, binsOf(review)).n) ? { type: 'tallyWentOn' } : null,
  ),
];
