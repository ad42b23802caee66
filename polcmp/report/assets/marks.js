// The marks of statuses and zeros: a shape and a colour, and words for those who see neither.

const line = { fill: 'none', stroke: 'currentColor' };

/** The shapes of `core.marks` (✓ ▸ ☐ ✗) in a box of 16, since not every font has them. */
const SHAPES = {
  implemented: () => [svg('path', { d: 'M2.2 8.8l4 4L13.8 3.4', 'stroke-width': 2.6, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...line })],
  planned: () => [svg('path', { d: 'M4 2.2v11.6L13.6 8z', fill: 'currentColor' })],
  called_for: () => [svg('rect', { x: 2.5, y: 2.5, width: 11, height: 11, 'stroke-width': 2, ...line })],
  lacking: () => [svg('path', { d: 'M3 3l10 10M13 3L3 13', 'stroke-width': 2.6, 'stroke-linecap': 'round', ...line })],
};

const drawnMarks = new Map(); // a matrix needs thousands, and copying is quicker than making

/** The mark alone, hidden from screen readers: words stand beside it. */
function mark(kind) {
  if (!drawnMarks.has(kind)) {
    const hidden = { 'aria-hidden': 'true', class: `${SHAPES[kind] ? 'mark' : 'sign'} is-${kind}` };
    drawnMarks.set(kind, SHAPES[kind]
      ? svg('svg', { ...hidden, viewBox: '0 0 16 16', focusable: 'false' }, SHAPES[kind]())
      : el('span', hidden, core.marks[kind]));
  }
  return drawnMarks.get(kind).cloneNode(true);
}

/** Mark and word together. */
function marked(kind, short = false) {
  return el('span', { class: `marked is-${kind}` }, mark(kind), ' ', stateWord(kind, short));
}

function stateWord(kind, short) {
  return (short && say(`short.${kind}`)) || say(`state.${kind}`);
}

/** What the marks mean; only zeros that occur, since most comparisons have few of them. */
function legend() {
  const seen = new Set(core.codes.join(''));
  const zeros = Object.entries(core.states).filter(([code, kind]) => ZEROS.includes(kind) && seen.has(code));
  const kinds = [...STATUSES, ...zeros.map(([, kind]) => kind)];
  return el(
    'dl',
    { class: 'legend', 'aria-label': say('legend') },
    kinds.map((kind) =>
      el('div', { class: `legend-entry is-${kind}` },
        el('dt', {}, mark(kind), ' ', say(`state.${kind}`)),
        el('dd', {}, say(`legend.${kind}`)))),
    el('div', { class: 'legend-entry' },
      el('dt', {}, say('count', { n: 2 })), el('dd', {}, say('legend.count'))),
  );
}

/** How many of some regions stand where with a measure: a number for each status. */
function countStatuses(measure, among) {
  const counts = [0, 0, 0, 0];
  for (const region of among) {
    const rank = '0123'.indexOf(core.codes[region][measure]);
    if (rank >= 0) counts[rank] += 1;
  }
  return counts;
}

/** How many of them have it: done, planned or called for. */
const having = (counts) => counts[0] + counts[1] + counts[2];

/** The counts as a narrow bar; words beside it say the same. */
function spread(counts, of) {
  return el('span', { class: 'spread', 'aria-hidden': 'true' },
    counts.map((count, at) => count > 0 && el('i', { class: `fill-${at}`, style: { 'flex-grow': count } })),
    el('i', { style: { 'flex-grow': of - having(counts) - counts[3] } }));
}
