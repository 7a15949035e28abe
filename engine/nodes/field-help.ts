/** What parameters mean that many kinds have under one name; a kind may say it in its own words. */
export const USUAL_HELP: Readonly<Record<string, string>> = {
  kernel: 'Sides of the window that slides over the map',
  stride: 'Pixels from one window to the next; 2 halves the sides',
  padding: 'Keeps the sides at stride 1 (same), adds nothing (valid), or adds so many pixels',
  pad: 'Pixels added before and after',
  dilation: 'Pixels from one value of the kernel to the next; 2 leaves out every other one',
};
