// What happens in the room About, and the state it makes.
import type { Result } from '../privacy/self_test';
import type { About } from './cards';

export interface SelfTest {
  /** null: never tried. */
  readonly address: string | null;
  readonly isRunning: boolean;
  /** In the order in which the ways were tried. */
  readonly results: readonly Result[];
}

export interface AboutRoom {
  readonly selfTest: SelfTest;
  /** null until it is loaded; a string: why it could not be. */
  readonly about: About | string | null;
}

export const kEmptyAbout: AboutRoom = {
  selfTest: { address: null, isRunning: false, results: [] },
  about: null,
};

export type AboutAction =
  | { readonly type: 'aboutLoaded'; readonly about: About | string }
  | { readonly type: 'selfTestBegan'; readonly address: string }
  | { readonly type: 'selfTestTold'; readonly result: Result }
  | { readonly type: 'selfTestEnded' };

const kTypes: Readonly<Record<AboutAction['type'], true>> = {
  aboutLoaded: true,
  selfTestBegan: true,
  selfTestTold: true,
  selfTestEnded: true,
};

export function isAboutAction(action: { readonly type: string }): action is AboutAction {
  return Object.hasOwn(kTypes, action.type);
}

function tested(selfTest: SelfTest, action: AboutAction): SelfTest {
  switch (action.type) {
    case 'selfTestBegan':
      return { address: action.address, isRunning: true, results: [] };
    case 'selfTestTold':
      return { ...selfTest, results: [...selfTest.results, action.result] };
    case 'selfTestEnded':
      return { ...selfTest, isRunning: false };
    default:
      return selfTest;
  }
}

export function reduceAbout(room: AboutRoom, action: AboutAction): AboutRoom {
  if (action.type === 'aboutLoaded') return { ...room, about: action.about };
  return { ...room, selfTest: tested(room.selfTest, action) };
}
