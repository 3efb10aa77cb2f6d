import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * Puts what is typed over a selection into the text. Chromium would keep the color of what it
 * replaces, by a style in the page that the content security policy refuses.
 */
export const typingOver: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType, isComposing } = event;
    const { from, to, empty } = view.state.selection.main;
    const isOurs =
      inputType === 'insertText' && data && !isComposing && !empty && !view.state.readOnly;
    if (!isOurs || view.state.selection.ranges.length > 1) {
      return false;
    }
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: data },
        selection: { anchor: from + data.length },
        scrollIntoView: true,
        userEvent: 'input.type',
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handler) => handler(view, from, to, data, insert))) {
      view.dispatch(insert());
    }
    return true;
  },
});
