import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Action, reduce } from '../../../web/actions';
import { faultOf, hintOf } from '../../../web/camera/camera';
import { placeOf } from '../../../web/commands';
import { kStart, type State } from '../../../web/state';

function after(...actions: Action[]): State {
  return actions.reduce(reduce, kStart);
}

const kAsked: Action = { type: 'cameraAsked' };
const kShown: Action = {
  type: 'cameraShown',
  deviceId: 'a',
  devices: [
    { id: 'a', label: 'Microscope' },
    { id: 'b', label: '' },
  ],
};
const kLook: Action = { type: 'cameraLooked', look: { cells: 2, warnings: [] } };

test('the camera is asked for, shown, looked through and closed', () => {
  assert.equal(kStart.camera, null);
  assert.equal(after(kAsked).camera?.phase, 'asking');
  const live = after(kAsked, kShown, kLook, { type: 'cameraTook' });
  assert.equal(live.camera?.phase, 'live');
  assert.equal(live.camera.deviceId, 'a');
  assert.equal(live.camera.look?.cells, 2);
  assert.equal(live.camera.taken, 1);
  assert.equal(reduce(live, { type: 'cameraClosed' }).camera, null);
});

test('what comes after it was closed opens nothing', () => {
  for (const late of [kShown, kLook, { type: 'cameraTook' }] as const) {
    assert.equal(after(kAsked, { type: 'cameraClosed' }, late).camera, null);
  }
});

test('another camera keeps the count and forgets the look; a failure is told and tried again', () => {
  const other = after(kAsked, kShown, kLook, { type: 'cameraTook' }, kAsked);
  assert.equal(other.camera?.look, null);
  assert.equal(other.camera?.taken, 1);
  const failed = reduce(other, { type: 'cameraFailed', fault: 'busy', what: 'NotReadableError' });
  assert.deepEqual(failed.camera?.fault, { kind: 'busy', what: 'NotReadableError' });
  assert.equal(reduce(failed, kLook).camera?.look, null);
  assert.equal(reduce(reduce(failed, kAsked), kShown).camera?.fault, null);
});

test('keys of the room do nothing behind the live view', () => {
  assert.equal(placeOf(after(kAsked)), 'dialog');
});

test('light comes before focus, focus before the stain', () => {
  assert.equal(hintOf(null), 'looking');
  assert.equal(hintOf({ cells: 0, warnings: ['no_cell_found'] }), 'no_cell');
  assert.equal(hintOf({ cells: 1, warnings: ['blurred', 'overexposed'] }), 'overexposed');
  assert.equal(hintOf({ cells: 1, warnings: ['unfamiliar_stain', 'blurred'] }), 'blurred');
  assert.equal(hintOf({ cells: 1, warnings: ['unfamiliar_stain'] }), 'stain');
  assert.equal(hintOf({ cells: 3, warnings: [] }), 'good');
});

test('the browser’s errors have words of their own', () => {
  const named = (name: string): string => faultOf(new DOMException('', name)).fault;
  assert.equal(named('NotAllowedError'), 'refused');
  assert.equal(named('NotFoundError'), 'none');
  assert.equal(named('OverconstrainedError'), 'none');
  assert.equal(named('NotReadableError'), 'busy');
  assert.deepEqual(faultOf(new TypeError('x')), { fault: 'unavailable', what: 'TypeError' });
});
