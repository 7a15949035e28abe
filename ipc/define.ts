import type { z } from 'zod';
import type { Fault } from '../engine/errors';

/** The two kinds of traffic: a call from window to main with one answer, and an event from main to windows. */
export interface Call<I extends z.ZodType, O extends z.ZodType> {
  kind: 'call';
  input: I;
  output: O;
}
export interface Event<P extends z.ZodType> {
  kind: 'event';
  payload: P;
}
export type Contract = Record<string, Call<any, any> | Event<any>>;

export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> => ({
  kind: 'call',
  input,
  output,
});
export const event = <P extends z.ZodType>(payload: P): Event<P> => ({ kind: 'event', payload });

export type Calls<C extends Contract> = {
  [K in keyof C as C[K] extends Call<any, any> ? K : never]: C[K] extends Call<infer I, infer O>
    ? (input: z.input<I>) => Promise<z.output<O>>
    : never;
};
export type Handlers<C extends Contract> = {
  [K in keyof C as C[K] extends Call<any, any> ? K : never]: C[K] extends Call<infer I, infer O>
    ? (input: z.output<I>) => Promise<z.input<O>> | z.input<O>
    : never;
};
export type Events<C extends Contract> = {
  [K in keyof C as C[K] extends Event<any> ? K : never]: C[K] extends Event<infer P> ? z.output<P> : never;
};

/** What crosses the wire. Electron keeps only an error's message, so errors travel as data. */
export type Reply = { ok: true; value: unknown } | { ok: false; error: Fault };
