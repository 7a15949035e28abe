import { random } from '../../random';
import { resizeToCover } from '../encoded/resize';

/** Pixels that a digit moves from one frame to the next, downwards and to the right. */
export interface Motion {
  readonly name: string;
  readonly down: number;
  readonly right: number;
}

/** The classes: standing still, and the eight directions of the compass, which is up on the picture. */
export const MOTIONS: readonly Motion[] = [
  { name: 'still', down: 0, right: 0 },
  { name: 'north', down: -1, right: 0 },
  { name: 'north-east', down: -1, right: 1 },
  { name: 'east', down: 0, right: 1 },
  { name: 'south-east', down: 1, right: 1 },
  { name: 'south', down: 1, right: 0 },
  { name: 'south-west', down: 1, right: -1 },
  { name: 'west', down: 0, right: -1 },
  { name: 'north-west', down: -1, right: -1 },
];
export const FRAMES = 16;
/** Side of MNIST's digits. */
const DIGIT = 28;

/**
 * A clip [16, side, side, channels] of one digit at half the frame's side. It starts at a place drawn evenly and
 * comes in at the other side where it leaves, so that a digit is anywhere with the same chance in every frame of
 * every class: what a single frame shows says nothing of the class.
 *
 * @param digit  bytes [28, 28, 1]
 * @param number of the clip, which its place and its speed of one or two pixels a frame are drawn by
 * @see Srivastava, Mansimov, Salakhutdinov 2015, Unsupervised Learning of Video Representations using LSTMs, section 4.1.
 *   arXiv:1502.04681: two digits that bounce, to be predicted; here it is one that drifts, to be classified
 */
export function driftingDigit(
  digit: Uint8Array,
  { down, right }: Motion,
  side: number,
  channels: number,
  number: number,
): Uint8Array {
  const half = Math.floor(side / 2);
  const small = resizeToCover({ width: DIGIT, height: DIGIT, channels: 1, data: digit }, half, half);
  const next = random(number, 0x6d6f76);
  const speed = 1 + Math.floor(2 * next());
  const [top, left] = [Math.floor(side * next()), Math.floor(side * next())];
  const clip = new Uint8Array(FRAMES * side * side * channels);
  for (let t = 0; t < FRAMES; t++) {
    const at = { top: top + t * speed * down, left: left + t * speed * right };
    paste(small, half, clip.subarray(t * side * side * channels), side, channels, at);
  }
  return clip;
}

function paste(
  small: Uint8Array,
  half: number,
  frame: Uint8Array,
  side: number,
  channels: number,
  { top, left }: { readonly top: number; readonly left: number },
): void {
  for (let y = 0; y < half; y++) {
    const row = around(top + y, side) * side;
    for (let x = 0; x < half; x++) {
      const at = (row + around(left + x, side)) * channels;
      for (let c = 0; c < channels; c++) frame[at + c] = small[y * half + x]!;
    }
  }
}

const around = (n: number, side: number): number => ((n % side) + side) % side;
