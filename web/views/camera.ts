// The live view: what the camera sees, what to turn, and a button that takes the picture.
import { html, type TemplateResult } from 'lit-html';
import { type Camera, hintOf } from '../camera/camera';
import { plural, text } from '../i18n';
import type { State } from '../state';
import { createDialog } from './dialog';
import { element } from './element';
import type { Door, View } from './view';

function hint({ look }: Camera): TemplateResult {
  const kind = hintOf(look);
  const words =
    kind === 'good' ? plural('camera.hint.good', look?.cells ?? 0) : text(`camera.hint.${kind}`);
  return html`<p class="camera-hint" data-hint=${kind} role="status">${words}</p>`;
}

function fault({ fault: told }: Camera): TemplateResult | null {
  if (told === null) return null;
  const { kind, what } = told;
  return html`<p class="notice" role="alert">${text(`camera.${kind}`, { what })}</p>`;
}

/** Takes the picture; after a failure it tries once more instead. */
function mainButton({ phase, deviceId }: Camera, door: Door): TemplateResult {
  if (phase === 'failed') {
    const again = (): void => door.camera.open(deviceId);
    return html`<button type="button" class="button button-main" @click=${again}>
      ${text('camera.retry')}
    </button>`;
  }
  return html`<button
    type="button"
    class="button button-main"
    ?disabled=${phase !== 'live'}
    @click=${() => door.camera.take()}
  >
    ${text('camera.take')}
  </button>`;
}

function devices({ devices: all, deviceId }: Camera, door: Door): TemplateResult | null {
  if (all.length < 2) return null;
  const chosen = (event: Event): void =>
    door.camera.open((event.target as HTMLSelectElement).value);
  const nameOf = (label: string, at: number): string =>
    label === '' ? text('camera.unnamed', { number: String(at + 1) }) : label;
  return html`<label class="named">
    <span>${text('camera.device')}</span>
    <select @change=${chosen}>
      ${all.map(
        ({ id, label }, at) =>
          html`<option value=${id} ?selected=${id === deviceId}>${nameOf(label, at)}</option>`,
      )}
    </select>
  </label>`;
}

function content(camera: Camera, video: HTMLVideoElement, door: Door): TemplateResult {
  const { phase, taken } = camera;
  const asking = html`<p class="camera-hint" role="status">${text('camera.asking')}</p>`;
  return html`<h2 id="camera-title">${text('camera.title')}</h2>
    <p class="hint">${text('camera.lead')}</p>
    <div class="camera-view" ?hidden=${phase !== 'live'}>${video}</div>
    ${phase === 'asking' ? asking : null} ${phase === 'live' ? hint(camera) : null}
    ${phase === 'failed' ? fault(camera) : null} ${devices(camera, door)}
    <div class="buttons">
      ${mainButton(camera, door)}
      <button type="button" class="button" @click=${() => door.dispatch({ type: 'cameraClosed' })}>
        ${text('camera.close')}
      </button>
      <p class="hint" role="status">${taken === 0 ? null : plural('camera.taken', taken)}</p>
    </div>`;
}

export function createCamera(door: Door): View {
  const video = element('video', { class: 'camera-video', 'aria-label': text('camera.title') });
  video.muted = true;
  video.playsInline = true;
  door.camera.attach(video);
  return createDialog({
    style: 'camera',
    titleId: 'camera-title',
    isOpen: ({ camera }: State) => camera !== null,
    shows: ({ camera }) => [camera],
    content: ({ camera }) => (camera === null ? html`` : content(camera, video, door)),
    close: () => door.dispatch({ type: 'cameraClosed' }),
  });
}
