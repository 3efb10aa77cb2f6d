import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { minimalSetup } from 'codemirror';
import { useEffect, useEffectEvent, useRef } from 'react';
import { languageOf } from './language';
import { shadowOf } from './shadow';
import { theme } from './theme';
import { typingOver } from './typing';

interface Side {
  label: string;
  text: string;
}

interface Props {
  /** Whose name tells the language. */
  file: string;
  left: Side;
  right: Side;
  /** If it is there, the right side can be edited, and parts of the left one taken over. */
  onChange?: (right: string) => void;
}

/** Two texts beside each other, with what differs. */
export function Difference({ file, left, right, onChange }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const changed = useEffectEvent((text: string) => onChange?.(text));
  const isEditable = onChange !== undefined;

  useEffect(() => {
    if (!host.current) {
      return undefined;
    }
    const root = shadowOf(host.current);
    const shared = [minimalSetup, theme, typingOver, languageOf(file), EditorView.lineWrapping];
    const view = new MergeView({
      parent: root,
      root,
      a: {
        doc: left.text,
        extensions: [shared, EditorState.readOnly.of(true), named(left.label)],
      },
      b: {
        doc: right.text,
        extensions: [
          shared,
          EditorState.readOnly.of(!isEditable),
          named(right.label),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              changed(update.state.doc.toString());
            }
          }),
        ],
      },
      collapseUnchanged: { margin: 3, minSize: 6 },
      ...(isEditable ? { revertControls: 'a-to-b' as const, renderRevertControl: take } : {}),
    });
    return () => view.destroy();
  }, [file, left.label, left.text, right.label, right.text, isEditable]);

  return (
    <>
      <div className="serai-sides">
        <span>{left.label}</span>
        <span>{right.label}</span>
      </div>
      <div ref={host} className="serai-difference" />
    </>
  );
}

function named(label: string) {
  return EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' });
}

function take(): HTMLElement {
  const button = document.createElement('button');
  button.textContent = '→';
  button.title = 'Take this part over';
  button.setAttribute('aria-label', button.title);
  return button;
}
