// Follows the state of the camera: opens and closes the stream, looks at it now and then through the
// engine, and takes pictures. The stream itself stays here, it is no plain data.
import type { Action } from './actions';
import { faultOf } from './camera/camera';
import type { Answer, Engine } from './engine';
import { text } from './i18n';
import type { State } from './state';

export interface Live {
  /** The element that shows the stream, from now on. */
  attach(video: HTMLVideoElement): void;
  open(deviceId: string | null): void;
  take(): void;
  /** To be told of every change of the state. */
  update(before: State, after: State): void;
}

export interface Surroundings {
  readonly engine: Engine;
  readonly dispatch: (action: Action) => void;
  readonly add: (file: File) => void;
}

const kLookEveryMs = 500;
const kLookQuality = 0.95;
/** No picture of the page has this number. */
const kLookId = -1;

export function createLive({ engine, dispatch, add }: Surroundings): Live {
  let video: HTMLVideoElement | null = null;
  let stream: MediaStream | null = null;
  /** Raised when the stream that is looked at is let go. */
  let abort = new AbortController();
  /** Of the pictures' names; goes on when the view is opened again, so that no two are called alike. */
  let lastNumber = 0;

  function close(): void {
    abort.abort();
    abort = new AbortController();
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    if (video !== null) video.srcObject = null;
  }

  function frame(type: string): Promise<Blob> | null {
    if (video === null || video.videoWidth === 0) return null;
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    return canvas.convertToBlob({ type, quality: kLookQuality });
  }

  function failed(signal: AbortSignal, error: unknown): void {
    if (!signal.aborted) dispatch({ type: 'cameraFailed', ...faultOf(error) });
  }

  /** Of one stream: `signal` is its own, another stream has its own looks. */
  function startLook(signal: AbortSignal): void {
    if (!signal.aborted) look(signal).catch((error: unknown) => failed(signal, error));
  }

  function lookAgain(signal: AbortSignal): void {
    setTimeout(() => startLook(signal), kLookEveryMs);
  }

  async function look(signal: AbortSignal): Promise<void> {
    const file = await frame('image/jpeg');
    if (signal.aborted) return;
    if (file === null) return lookAgain(signal);
    const request = { kind: 'read', id: kLookId, file, page: 0, previewSide: 1 } as const;
    const answered = (answer: Answer): void => {
      if (answer.kind === 'read') {
        const { cells, warnings } = answer.reading;
        dispatch({ type: 'cameraLooked', look: { cells: cells.length, warnings } });
      }
      lookAgain(signal);
    };
    engine.read(request, signal, answered, { isUrgent: true });
  }

  async function show(deviceId: string | null): Promise<void> {
    const { signal } = abort;
    const chosen = deviceId === null ? { facingMode: 'environment' } : { deviceId };
    const wanted = { ...chosen, width: { ideal: 1920 }, height: { ideal: 1440 } };
    const opened = await navigator.mediaDevices.getUserMedia({ video: wanted });
    if (signal.aborted) {
      for (const track of opened.getTracks()) track.stop();
      return;
    }
    stream = opened;
    const [track] = opened.getVideoTracks();
    track?.addEventListener('ended', () => {
      if (!signal.aborted) dispatch({ type: 'cameraFailed', fault: 'none', what: 'ended' });
    });
    if (video !== null) {
      video.srcObject = opened;
      await video.play();
    }
    const all = await navigator.mediaDevices.enumerateDevices();
    const devices = all
      .filter(({ kind }) => kind === 'videoinput')
      .map(({ deviceId: id, label }) => ({ id, label }));
    const shown = track?.getSettings().deviceId ?? deviceId ?? '';
    dispatch({ type: 'cameraShown', deviceId: shown, devices });
    startLook(signal);
  }

  function open(deviceId: string | null): void {
    close();
    dispatch({ type: 'cameraAsked' });
    const { signal } = abort;
    show(deviceId).catch((error: unknown) => failed(signal, error));
  }

  async function take(): Promise<void> {
    const file = await frame('image/png');
    if (file === null) return;
    lastNumber += 1;
    add(new File([file], text('camera.name', { number: String(lastNumber) }), { type: file.type }));
    dispatch({ type: 'cameraTook' });
  }

  return {
    attach(element) {
      video = element;
      if (stream !== null) {
        video.srcObject = stream;
        void video.play();
      }
    },
    open,
    take() {
      const { signal } = abort;
      take().catch((error: unknown) => failed(signal, error));
    },
    update(before, after) {
      const isOver = after.camera === null || after.camera.phase === 'failed';
      if (before.camera !== after.camera && isOver) close();
    },
  };
}
