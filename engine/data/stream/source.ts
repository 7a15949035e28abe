/** Pictures of a split that are read as they are needed, where all of them would not fit into the memory. */
export interface PictureSource {
  /**
   * The pictures at `indices`, bytes [indices, ...shape]. `next` is what will be asked for after them, in that order
   * and as many at a time: it is read ahead.
   *
   * @throws UserError `data/changed`
   */
  batch(indices: Int32Array, next?: Int32Array): Promise<Uint8Array>;
  close(): void;
}
