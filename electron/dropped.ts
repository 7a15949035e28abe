/** The one message outside of the contract, which the bridge does not pass: paths of files that the user dropped. */
export const DROPPED = 'dropped-files';
