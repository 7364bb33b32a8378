/** The page's colours, light and dark: text keeps 4.5:1 on its ground, lines and marks 3:1 (WCAG 2.2, AA). */
export const theme = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f3f5f7; --ink: #18202a; --soft: #525c69; --rule: #d9dee4; --code: #eef1f4;
  --met: #0f6b3c; --met-ground: #e2f3e9;
  --missed: #ad1f16; --missed-ground: #fce8e6;
  --unknown: #7d4e00; --unknown-ground: #fcf0d6;
  --held: #0f6b3c; --deviated: #ad1f16; --inconclusive: #7d4e00; --halted: #244fb0;
  --rejected: #47525f; --unrecovered: #8a1560; --errored: #4a2a86;
  --on-verdict: #ffffff;
  --p50: #6a7683; --p95: #1556c0; --p99: #8b3fb8; --errors: #b0431a; --value: #0b6f78;
  --limit: #ad1f16; --fault: #fde6d3; --fault-edge: #c2703a; --recovery: #e3f0f9; --baseline: #f0f2f5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171c22; --ground: #0e1216; --ink: #e8ecf0; --soft: #a7b1bc; --rule: #323a44; --code: #232a32;
    --met: #6fd39c; --met-ground: #12331f;
    --missed: #ff9a8f; --missed-ground: #431a17;
    --unknown: #f2c063; --unknown-ground: #3a2a0a;
    --held: #176b41; --deviated: #a3251c; --inconclusive: #7d5208; --halted: #2b55b5;
    --rejected: #4b5663; --unrecovered: #8d1c65; --errored: #57349a;
    --p50: #93a0ad; --p95: #6ea8ff; --p99: #cf94f2; --errors: #f39168; --value: #55c4cf;
    --limit: #ff9a8f; --fault: #3d2a1c; --fault-edge: #c98352; --recovery: #182d38; --baseline: #20262e;
  }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #ffffff; --ground: #ffffff; --ink: #000000; --soft: #3d454e; --rule: #c4cad1; --code: #f2f4f6;
    --met: #0f6b3c; --met-ground: #ffffff; --missed: #ad1f16; --missed-ground: #ffffff; --unknown: #7d4e00; --unknown-ground: #ffffff;
    --held: #0f6b3c; --deviated: #ad1f16; --inconclusive: #7d4e00; --halted: #244fb0;
    --rejected: #47525f; --unrecovered: #8a1560; --errored: #4a2a86;
    --p50: #6a7683; --p95: #1556c0; --p99: #8b3fb8; --errors: #b0431a; --value: #0b6f78;
    --limit: #ad1f16; --fault: #fde6d3; --fault-edge: #c2703a; --recovery: #e3f0f9; --baseline: #f0f2f5;
  }
}
`;
