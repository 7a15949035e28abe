import type { DataInfo, DataSet } from './describe';

/** What a document or a person names: a data set, and its folder where it has none of its own. */
export interface DataChoice {
  readonly set: string;
  readonly folder?: string | undefined;
  /** Side of the pictures, for a source that brings them all to one size; else it is chosen by the pictures. */
  readonly size?: number | undefined;
  /** Else as the pictures are. */
  readonly colour?: 'grey' | 'colour' | undefined;
}

/** A data set or a format that pictures are read from: one folder and one line of the catalogue. */
export interface DataSource {
  readonly id: string;
  readonly title: string;
  /**
   * There where it is read from a folder that the user names; says by the names of its entries, folders with a
   * slash behind them, whether it is one. `kindIn` is there where names alone do not tell: it looks inside, and says
   * in words what it takes the folder for, undefined where it is none.
   */
  readonly folder?: {
    recognises(names: readonly string[]): boolean;
    kindIn?(folder: string): Promise<string | undefined>;
  };
  /** Whether it brings pictures of several sizes to one, by the `size` and `colour` of the choice. */
  readonly resizes?: true;
  /** Whether its files are here, and what to do where they are not. */
  status(): { readonly ready: boolean; readonly remedy: string };
  /** What is known before pictures are read. @throws UserError */
  describe(choice: DataChoice): Promise<DataInfo>;
  /** Gets its files on to this computer; there only where that can be done. */
  fetch?(): Promise<void>;
  /** Every picture, in memory. @throws UserError */
  load(choice: DataChoice): Promise<DataSet>;
}
