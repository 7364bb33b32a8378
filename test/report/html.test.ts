import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml, html, trusted } from '../../lib/report/html.ts';

describe('escaping', () => {
  test('text cannot open a tag, end an attribute or begin a reference', () => {
    expect(html`<p title="${'" onload="x'}">${'<script>&amp;'}</p>`.markup).toBe(
      '<p title="&quot; onload=&quot;x">&lt;script&gt;&amp;amp;</p>',
    );
  });

  test('no text whatsoever leaves a character that means something to HTML, or that HTML forbids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped.replace(/&(amp|lt|gt|quot|#39);/g, '')).not.toMatch(
          /[<>"'&]|(?![\n\t])\p{Cc}|\p{Cs}/u,
        );
      }),
    );
  });

  test('what HTML cannot hold is shown as missing, not dropped', () => {
    expect(escapeHtml('a\u0000b\u001bc\ud800')).toBe('a\ufffdb\ufffdc\ufffd');
  });
});

test('markup is put in as it is, lists are joined, and nothing leaves nothing', () => {
  const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
  expect(html`<ul>${items}${undefined}${false}${0}${trusted('<hr>')}</ul>`.markup).toBe(
    '<ul><li>a</li><li>&lt;</li>0<hr></ul>',
  );
});
