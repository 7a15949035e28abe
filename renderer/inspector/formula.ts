import { arithmetic, Unreadable } from '../../engine/nodes/arithmetic';

/** What a formula comes to, or why it cannot be worked out: a clause without a full stop. */
export type Worked = { readonly value: number } | { readonly fault: string };

/** Longer text is no formula that anyone typed. */
const LONGEST = 200;

/**
 * The value of a formula as it is typed into a field.
 *
 * @example calculate('512/4+1') // { value: 129 }
 * @example calculate('64*') // { fault: "a number is missing behind '*'" }
 */
export function calculate(text: string): Worked {
  if (text.length > LONGEST) return { fault: 'it is too long for a formula' };
  try {
    return { value: arithmetic(text) };
  } catch (error) {
    if (error instanceof Unreadable) return { fault: error.message };
    throw error;
  }
}
