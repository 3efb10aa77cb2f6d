import { indentWithTab } from '@codemirror/commands';
import { lintGutter, setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint';
import { EditorState, type Text } from '@codemirror/state';
import { EditorView, keymap, tooltips } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type Ref } from 'react';
import type { Diagnostic } from '../../api/types';
import { help } from './help';
import { languageOf } from './language';
import { shadowOf } from './shadow';
import { theme } from './theme';
import { typingOver } from './typing';

/** What can be done with an editor from outside. */
export interface Editor {
  /** Puts another text in the place of all; it can be undone. */
  replace(text: string): void;
  goTo(line: number, column: number): void;
}

interface Props {
  file: string;
  /** The text at first. */
  text: string;
  /** Where it is opened, and goes when that changes. */
  line: number | undefined;
  diagnostics: Diagnostic[];
  onChange: (text: string) => void;
  ref: Ref<Editor>;
}

/** The text of a file. */
export function CodeEditor(props: Props) {
  const { file, text, line, diagnostics, onChange, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useEffectEvent(onChange);
  const initial = useEffectEvent(() => text);

  useEffect(() => {
    if (!host.current) {
      return undefined;
    }
    const root = shadowOf(host.current);
    const made = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: initial(),
        extensions: [
          basicSetup,
          theme,
          typingOver,
          EditorView.theme({ '&': { minHeight: '12rem', maxHeight: '70vh' } }),
          languageOf(file),
          help(file),
          tooltips({ tooltipSpace: () => seen(root.host) }),
          lintGutter(),
          keymap.of([indentWithTab]),
          EditorView.contentAttributes.of({ 'aria-label': `Text of ${file}`, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              changed(update.state.doc.toString());
            }
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      made.destroy();
      view.current = null;
    };
  }, [file]);

  useEffect(() => {
    const now = view.current;
    if (now) {
      now.dispatch(
        setDiagnostics(
          now.state,
          diagnostics.map((each) => markOf(now.state.doc, each)),
        ),
      );
    }
  }, [diagnostics, file]);

  useEffect(() => {
    if (line !== undefined) {
      go(view.current, line, 1);
    }
  }, [line, file]);

  useImperativeHandle(ref, () => ({
    replace: (next) =>
      view.current?.dispatch({
        changes: { from: 0, to: view.current.state.doc.length, insert: next },
      }),
    goTo: (at, column) => go(view.current, at, column),
  }));

  return <div ref={host} className="serai-editor" />;
}

/** Where tooltips are seen: the frame of the page cuts off what goes beyond it. */
function seen(host: Element): DOMRect {
  const main = host.closest('.pf-v6-c-page__main-container') ?? document.documentElement;
  return main.getBoundingClientRect();
}

function go(view: EditorView | null, line: number, column: number): void {
  if (view) {
    const anchor = placeOf(view.state.doc, line, column);
    view.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    });
    view.focus();
  }
}

function markOf(doc: Text, { line, column, severity, message }: Diagnostic): Mark {
  const from = placeOf(doc, line, column);
  const { to: end } = doc.lineAt(from);
  const word = /^[\w$]+/.exec(doc.sliceString(from, end))?.[0].length ?? 1;
  return { from, to: Math.min(end, from + word), severity, message };
}

/** An offset; lines and columns begin with 1, and there may be fewer than were when one was told. */
function placeOf(doc: Text, line: number, column: number): number {
  const { from, length } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return from + Math.min(Math.max(column - 1, 0), length);
}
