/**
 * A root of its own for an editor. CodeMirror makes its styles while it runs: in a shadow root they
 * are adopted style sheets, which the content security policy allows, and not elements of the page.
 */
export function shadowOf(host: HTMLElement): ShadowRoot {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.replaceChildren();
  return root;
}
