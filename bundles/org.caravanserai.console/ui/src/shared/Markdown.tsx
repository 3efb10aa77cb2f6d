import ReactMarkdown from 'react-markdown';

/** Prose in Markdown; pictures and markup in it are not shown. Load it lazily. */
export function Markdown({ text }: { text: string }) {
  return (
    <ReactMarkdown skipHtml disallowedElements={['img']}>
      {text}
    </ReactMarkdown>
  );
}
