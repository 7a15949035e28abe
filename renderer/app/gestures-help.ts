/** What the mouse does, and keys that a focused node or the canvas reads itself: for the sheet of keys. */
export const GESTURES: readonly {
  readonly title: string;
  /** Words, and the keys or gestures that do it. */
  readonly rows: readonly (readonly [words: string, ...how: string[]])[];
}[] = [
  {
    title: 'On a focused node',
    rows: [
      ['Go from node to node, button to button', 'Tab', 'Shift Tab'],
      ['Select the node', 'Enter', 'Space'],
      ['Add a node behind the selected one', 'Space'],
      ['Go along the wires; move a selected node', '←', '↑', '↓', '→'],
      ['Go along the wires and select', 'Alt and an arrow'],
      ['Move it four steps', 'Shift and an arrow'],
      ['Connect it to another', 'C'],
      ['Open or fold the block', 'O'],
      ['Menu of the node', 'Shift F10'],
      ['Select nothing; break off a drag', 'Esc'],
    ],
  },
  {
    title: 'With the mouse',
    rows: [
      ['Move the view', 'Drag the ground'],
      ['Zoom', 'Wheel'],
      ['Select a box', 'Shift and drag'],
      ['Select by a loop', 'Alt, Shift and drag'],
      ['Cut wires', 'Ctrl, Alt and drag'],
      ['Copy nodes with their wires', 'Alt and drag'],
      ['What can be done here', 'Right button'],
      ['Add to the selection', 'Shift or Ctrl and click'],
      ['Add a node here', 'Double-click the ground'],
      ['Open a block', 'Double-click it'],
      ['Connect', 'Drag from a port to a node'],
      ['Choose what follows', 'Drag a wire into the void'],
      ['Put a node on a wire', 'Drag a kind, or a node without wires'],
      ['Add the nodes of a template', 'Drag it onto the canvas'],
      ['Change a number', 'Drag the name of its field'],
    ],
  },
  {
    title: 'In the palette',
    rows: [
      ['Walk through the list', '↑', '↓'],
      ['Add the kind; open the template', 'Enter', 'Double-click'],
      ['Star the kind; add the template to the graph', 'Shift Enter'],
    ],
  },
];
