import { useEffect } from 'react';
import { create } from 'zustand';
import type { Followers } from '../../engine/graph/followers';
import { api } from '../app/bridge';

const useStore = create<{ readonly followers: Followers }>(() => ({ followers: {} }));
let asked = false;

/** What usually follows what in the templates, asked for once. Until it is known, and without it, kinds keep their order. */
export function useFollowers(): Followers {
  useEffect(askFollowers, []);
  return useStore((s) => s.followers);
}

export function askFollowers(): void {
  if (asked) return;
  asked = true;
  api.call['templates.followers']().then(
    (followers) => useStore.setState({ followers: followers ?? {} }),
    () => {},
  );
}
