// Which half of the Check view is open.
import type { CheckState } from './state.ts';

let open: CheckState['part'] = $state('mark');

/** Marking, or making. */
export const part = (): CheckState['part'] => open;

/** Opens the other half. */
export function turnTo(next: CheckState['part']): void {
  open = next;
}
