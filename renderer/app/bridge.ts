import { contract } from '../../ipc/contract';
import { type Bridge, createApi } from './api';

declare global {
  interface Window {
    /** Put there by electron/preload; passes messages and knows none of them. */
    readonly bridge: Bridge;
  }
}

export const api = createApi(contract, window.bridge);
