/** Zooms below which nodes show less: then only names and shapes, then bars in the colour of their kind. */
export const FAR = 0.35;
export const MIDDLE = 0.7;
