// The live view of a camera or a microscope's camera, and what happens in it, as plain data.
import type { WarningCode } from '../codes';

/** 'refused': by the person or the browser; 'none': there is none; 'busy': another program has it. */
export type CameraFault = 'refused' | 'none' | 'busy' | 'unavailable';

export interface Device {
  readonly id: string;
  /** Empty until the browser may tell. */
  readonly label: string;
}

/** What the engine made of the newest look through the camera. */
export interface Look {
  readonly cells: number;
  readonly warnings: readonly WarningCode[];
}

export interface Camera {
  readonly phase: 'asking' | 'live' | 'failed';
  readonly fault: { readonly kind: CameraFault; readonly what: string } | null;
  readonly devices: readonly Device[];
  /** Of the one that is shown; null until one is. */
  readonly deviceId: string | null;
  readonly look: Look | null;
  /** Pictures that were taken since it was opened. */
  readonly taken: number;
}

export type CameraAction =
  | { readonly type: 'cameraAsked' }
  | { readonly type: 'cameraShown'; readonly deviceId: string; readonly devices: readonly Device[] }
  | { readonly type: 'cameraFailed'; readonly fault: CameraFault; readonly what: string }
  | { readonly type: 'cameraLooked'; readonly look: Look }
  | { readonly type: 'cameraTook' }
  | { readonly type: 'cameraClosed' };

const kTypes: Readonly<Record<CameraAction['type'], true>> = {
  cameraAsked: true,
  cameraShown: true,
  cameraFailed: true,
  cameraLooked: true,
  cameraTook: true,
  cameraClosed: true,
};

export function isCameraAction(action: { readonly type: string }): action is CameraAction {
  return Object.hasOwn(kTypes, action.type);
}

const kOpened: Camera = {
  phase: 'asking',
  fault: null,
  devices: [],
  deviceId: null,
  look: null,
  taken: 0,
};

export function reduceCamera(camera: Camera | null, action: CameraAction): Camera | null {
  if (action.type === 'cameraAsked') return { ...(camera ?? kOpened), phase: 'asking', look: null };
  if (action.type === 'cameraClosed' || camera === null) return null;
  switch (action.type) {
    case 'cameraShown': {
      const { deviceId, devices } = action;
      return { ...camera, phase: 'live', fault: null, deviceId, devices };
    }
    case 'cameraFailed': {
      const fault = { kind: action.fault, what: action.what };
      return { ...camera, phase: 'failed', fault, look: null };
    }
    case 'cameraLooked':
      return camera.phase === 'live' ? { ...camera, look: action.look } : camera;
    case 'cameraTook':
      return { ...camera, taken: camera.taken + 1 };
  }
}

export type Hint = 'looking' | 'no_cell' | 'blurred' | 'overexposed' | 'stain' | 'good';

/** The one thing to do next: light before focus, for focus can't be judged where all is white. */
export function hintOf(look: Look | null): Hint {
  if (look === null) return 'looking';
  if (look.warnings.includes('overexposed')) return 'overexposed';
  if (look.warnings.includes('blurred')) return 'blurred';
  if (look.cells === 0) return 'no_cell';
  return look.warnings.includes('unfamiliar_stain') ? 'stain' : 'good';
}

/** By the name of the browser's error (Media Capture and Streams, 10.3). */
export function faultOf(error: unknown): { fault: CameraFault; what: string } {
  const name = error instanceof Error || error instanceof DOMException ? error.name : String(error);
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return { fault: 'refused', what: name };
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return { fault: 'none', what: name };
  if (name === 'NotReadableError') return { fault: 'busy', what: name };
  return { fault: 'unavailable', what: name };
}
