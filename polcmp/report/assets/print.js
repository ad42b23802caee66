// The matrix on paper: plain tables, as many measures side by side as fit, so that nothing is cut off.

const PAPER_COLUMNS = 6; // with figures; of a matrix with many measures twice as many, with marks alone
const MANY = 12;
const PAPER_ROWS = 200;

const paper = document.getElementById('paper');

/** The matrix view is drawn anew for paper; other views are printed as they stand. */
function layPaper() {
  const onPaper = state.view === 'matrix';
  document.body.classList.toggle('on-paper', onPaper);
  if (!onPaper) return paper.replaceChildren();
  const chosen = selection();
  const shown = chosen.regions.slice(0, PAPER_ROWS);
  const blocks = [];
  const narrow = chosen.measures.length > MANY;
  const step = narrow ? 2 * PAPER_COLUMNS : PAPER_COLUMNS;
  for (let at = 0; at < chosen.measures.length; at += step) {
    blocks.push(paperTable(shown, chosen.measures.slice(at, at + step), chosen.fits, narrow));
  }
  const cut = shown.length < chosen.regions.length;
  return paper.replaceChildren(
    el('p', {}, sentences(say('paper_intro'), say('reads_as'))), legend(),
    cut ? el('p', { class: 'notice' }, say('print_cut', { n: shown.length, of: chosen.regions.length })) : '',
    ...blocks, paperDefinitions(chosen.measures), paperFoot());
}

function paperTable(rows, columns, fits, narrow) {
  return el('table', { class: narrow ? 'narrow' : null },
    el('thead', {}, el('tr', {}, el('th', {}, say('region')), columns.map((measure) => el('th', {}, name(measureName(measure)))))),
    el('tbody', {}, rows.map((region) => el('tr', {},
      el('th', {}, name(regionName(region)), !narrow && el('small', {}, say('n_documents', { n: regions[region].documents }))),
      columns.map((measure) => paperCell(region, measure, fits, narrow))))));
}

function paperCell(region, measure, fits, narrow) {
  const kind = stateOf(region, measure);
  const cell = cellOf(region, measure);
  if (fits && !fits(region, measure)) return el('td', {});
  if (!cell) return el('td', {}, kind === 'not_mentioned' ? mark(kind) : marked(kind));
  return el('td', { class: `is-${kind}` }, narrow ? mark(kind) : marked(kind), ' ', say('count', { n: cell.mentions }),
    !narrow && cell.figures.length > 0 && el('div', {}, name(figureText(cell.figures[0]))));
}

function paperDefinitions(shown) {
  return el('section', {}, el('h2', {}, say('view.measures')), el('dl', {}, shown.map((measure) => [
    el('dt', {}, name(measureName(measure)), ' ', name(otherName(measure))), el('dd', {}, meaning(measure)),
  ])));
}

function paperFoot() {
  const { made } = core;
  return el('footer', {}, el('p', {}, say('made_by', { version: made.version })),
    el('p', {}, `${say('taxonomy')}${say('colon')}${made.taxonomy.path}${say('aside', { text: `sha256 ${made.taxonomy.sha256}` })}`));
}

window.addEventListener('beforeprint', layPaper);
