import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const token = (name: string) => `var(--pf-t--global--${name})`;
const BORDER = `1px solid ${token('border--color--default')}`;
const TEXT = token('text--color--regular');
const GROUND = token('background--color--primary--default');
const RAISED = token('background--color--floating--default');
const STRIPE = token('background--color--secondary--default');

/** The editor in the colors of the page, light and dark; ide.css has those of the code. */
export const theme: Extension = [
  EditorView.theme({
    '&': { color: TEXT, backgroundColor: GROUND, fontSize: token('font--size--body--sm') },
    '&.cm-focused': { outline: `2px solid ${token('border--color--clicked')}` },
    '.cm-scroller': { fontFamily: token('font--family--mono'), lineHeight: '1.5' },
    '.cm-content': { caretColor: TEXT },
    '.cm-cursor, .cm-dropCursor': { borderLeftColor: TEXT },
    '.cm-gutters': {
      color: token('text--color--subtle'),
      backgroundColor: STRIPE,
      borderRight: BORDER,
    },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--serai-code-line)' },
    '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
      { backgroundColor: 'var(--serai-code-selection)' },
    '.cm-selectionMatch, .cm-searchMatch, &.cm-focused .cm-matchingBracket': {
      backgroundColor: 'var(--serai-code-match)',
    },
    '.cm-searchMatch-selected': { outline: `1px solid ${TEXT}` },
    '.cm-foldPlaceholder': { color: TEXT, backgroundColor: STRIPE, border: BORDER },
    '.cm-panels': { color: TEXT, backgroundColor: STRIPE },
    '.cm-panels-bottom': { borderTop: BORDER },
    '.cm-textfield, .cm-button': {
      color: TEXT,
      backgroundColor: GROUND,
      backgroundImage: 'none',
      border: BORDER,
    },
    '.cm-tooltip': { color: TEXT, backgroundColor: RAISED, border: BORDER, zIndex: '500' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxWidth: 'min(30rem, 95vw)' },
    '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      color: TEXT,
      backgroundColor: 'var(--serai-code-selection)',
    },
    '.cm-completionDetail': { color: token('text--color--subtle') },
    '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: 'bold' },
    '.cm-completionInfo': { padding: '0' },
    '.serai-words': {
      maxWidth: '36rem',
      maxHeight: '20rem',
      overflow: 'auto',
      padding: token('spacer--sm'),
      fontFamily: token('font--family--body'),
    },
    '.serai-words > :first-child': { marginBlockStart: '0' },
    '.serai-words > :last-child': { marginBlockEnd: '0' },
    '.serai-words code': { fontFamily: token('font--family--mono') },
    '.serai-words pre': { whiteSpace: 'pre-wrap' },
    '.serai-words a': { color: token('text--color--link--default') },
    '.serai-signature': { display: 'block', fontWeight: 'bold', overflowWrap: 'anywhere' },
    '.cm-diagnostic': { whiteSpace: 'pre-wrap' },
    '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--serai-code-old)' },
    '&.cm-merge-b .cm-changedLine, .cm-insertedLine': { backgroundColor: 'var(--serai-code-new)' },
    '&.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText': {
      background: 'none',
      textDecoration: 'underline',
    },
    '.cm-collapsedLines': {
      color: TEXT,
      background: STRIPE,
      borderBlock: BORDER,
    },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.modifier, tags.bool, tags.null], color: 'var(--serai-code-word)' },
      { tag: [tags.string, tags.character, tags.attributeValue], color: 'var(--serai-code-text)' },
      { tag: [tags.number, tags.annotation, tags.meta], color: 'var(--serai-code-value)' },
      {
        tag: [tags.typeName, tags.className, tags.tagName],
        color: 'var(--serai-code-type)',
      },
      {
        tag: [tags.definition(tags.propertyName), tags.propertyName, tags.attributeName],
        color: 'var(--serai-code-name)',
      },
      { tag: tags.comment, color: token('text--color--subtle'), fontStyle: 'italic' },
      { tag: tags.invalid, color: token('text--color--status--danger--default') },
    ]),
  ),
];
