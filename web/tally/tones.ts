// A tone of its own for each class, so that a wrong key is heard while the eye stays at the
// microscope; others for what was taken back, for a key that doesn't count, and for the signal.
import type { Bin, BinId } from '../review/bins';
import { isStopped, type Tally, tallied, tallyBins, tallyCounts } from './tally';

// Steps of a pentatonic scale: neighbours lie far enough apart to be told, and none sounds harsh.
const kScale = [0, 2, 4, 7, 9];
const kLowestHz = 261.63;
const kToneS = 0.12;
const kSignalHz = 1760;
const kRefusedHz = 110;

export interface Tone {
  readonly hz: number;
  readonly wave: OscillatorType;
  /** After now. */
  readonly startS: number;
  readonly lastsS: number;
}

/** What counts in n sounds soft, what counts beside it hollow. */
export function toneOf(id: BinId, bins: readonly Bin[]): Tone {
  const known = tallyBins(bins);
  const index = Math.max(
    0,
    known.findIndex((bin) => bin.id === id),
  );
  const octave = Math.floor(index / kScale.length);
  const semitones = (kScale[index % kScale.length] ?? 0) + 12 * octave;
  const wave = known[index]?.counting === 'in_n' ? 'triangle' : 'square';
  return { hz: kLowestHz * 2 ** (semitones / 12), wave, startS: 0, lastsS: kToneS };
}

function signal(): readonly Tone[] {
  const at = [0.15, 0.35, 0.55];
  return at.map((startS) => ({ hz: kSignalHz, wave: 'sine', startS, lastsS: 0.14 }));
}

/** What a change of the tally sounds like. */
export function tonesOf(before: Tally, now: Tally, bins: readonly Bin[]): readonly Tone[] {
  if (!now.areTonesOn) return [];
  if (now.refused > before.refused) {
    return [{ hz: kRefusedHz, wave: 'sawtooth', startS: 0, lastsS: 0.25 }];
  }
  const [was, is] = [tallied(before), tallied(now)];
  const changed = is.length > was.length ? is.at(-1) : was.at(-1);
  if (changed === undefined || Math.abs(is.length - was.length) !== 1) return [];
  const tone = toneOf(changed, bins);
  if (is.length < was.length) {
    // The same tone and the octave below it.
    return [tone, { ...tone, hz: tone.hz / 2, startS: kToneS }];
  }
  const { n } = tallyCounts(now, bins);
  return isStopped(now, n) ? [tone, ...signal()] : [tone];
}

const kLoudness = 0.18;

function play(context: AudioContext, { hz, wave, startS, lastsS }: Tone): void {
  const at = context.currentTime + startS;
  const [oscillator, gain] = [context.createOscillator(), context.createGain()];
  oscillator.type = wave;
  oscillator.frequency.value = hz;
  // Swells and fades, or the loudspeaker clicks.
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(kLoudness, at + 0.008);
  gain.gain.exponentialRampToValueAtTime(0.001, at + lastsS);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + lastsS);
}

export interface Tones {
  update(before: Tally, now: Tally, bins: readonly Bin[]): void;
}

/** Silent in a browser without Web Audio. */
export function createTones(): Tones {
  let context: AudioContext | null = null;
  return {
    update(before, now, bins) {
      if (before === now || typeof AudioContext === 'undefined') return;
      const tones = tonesOf(before, now, bins);
      if (tones.length === 0) return;
      // Made at the first key: before that, browsers let no page sound.
      context ??= new AudioContext();
      void context.resume();
      for (const tone of tones) play(context, tone);
    },
  };
}
