// The panel beside the matrix: everything behind one cell.

const panel = document.getElementById('panel');

let cameFrom = null; // where the focus goes back to when the panel closes
let openPair = null; // region and measure shown, for when nobody clicked to get here

function showPanel(before) {
  const open = state.region !== undefined && state.view !== 'document';
  panel.hidden = !open;
  document.body.classList.toggle('has-panel', open);
  if (!open) {
    panel.replaceChildren();
    if (before) leavePanel();
    return;
  }
  const region = regionNumber.get(state.region);
  const measure = measureNumber.get(state.measure);
  openPair = [region, measure];
  panel.setAttribute('aria-label', `${say('evidence_of')}${say('colon')}${regionName(region)}${say('comma')}${measureName(measure)}`);
  panel.replaceChildren(panelHead(region, measure), ...panelBody(region, measure));
  panel.scrollTop = 0;
}

function panelHead(region, measure) {
  const kind = stateOf(region, measure);
  const cell = cellOf(region, measure);
  return el('header', { class: `panel-head is-${kind}` },
    el('div', { class: 'panel-title' },
      el('h2', { id: 'panel-title', tabindex: '-1' }, name(regionName(region)),
        el('span', { class: 'panel-measure' }, name(measureName(measure)))),
      el('button', { type: 'button', class: 'close', id: 'panel-close', on: { click: closePanel } },
        el('span', { 'aria-hidden': 'true' }, '✕'), unseen(say('close')))),
    el('p', { class: 'panel-state' }, marked(kind), cell && el('span', { class: 'quiet' }, cellCounts(cell))),
    cell && cell.by_status.filter(Boolean).length > 1 && el('p', { class: 'panel-split' },
      cell.by_status.map((count, at) => count > 0 &&
        el('span', {}, marked(STATUSES[at]), ' ', say('count', { n: count })))),
    cell && cell.figures.length > 0 && el('p', { class: 'panel-figures' },
      el('span', { class: 'quiet' }, say('figures'), say('colon')), cell.figures.map((figure) =>
        el('span', { class: 'figure' }, name(figureText(figure))))),
    el('details', { class: 'panel-means' }, el('summary', {}, say('means')), meaning(measure)));
}

/** How many mentions a cell rests on. */
function cellCounts(cell) {
  const documents = say('n_documents', { n: cell.documents });
  const counts = say('cell_in', { mentions: say('n_mentions', { n: cell.mentions }), documents });
  return cell.sources < cell.documents ? `${counts}${say('comma')}${say('n_sources', { n: cell.sources })}` : counts;
}

function meaning(measure) {
  const one = measures[measure];
  return [
    el('p', {}, one[`definition_${lang}`]),
    one[`not_${lang}`] && el('p', {}, el('b', {}, say('counts_not'), say('colon')), one[`not_${lang}`]),
  ];
}

function panelBody(region, measure) {
  const { mentions, dropped } = evidenceOf(region, measure);
  const cell = cellOf(region, measure);
  const near = dropped.filter((one) => one.reason === 'below_cutoff');
  const others = dropped.filter((one) => one.reason !== 'below_cutoff');
  const missing = cell ? cell.mentions - mentions.length : 0;
  return [
    !cell && el('p', { class: 'empty' }, whyEmpty(region, measure), dropped.length > 0 && say('listed_below')),
    mentions.length > 0 && quoteCards(mentions, state.region, state.measure),
    missing > 0 && el('p', { class: 'notice' }, say('more_elsewhere', { n: missing, command: commandFor(region, measure) })),
    dropGroup('near_misses', near, !cell),
    dropGroup('did_not_count', others, !cell),
  ].filter(Boolean);
}

/** What shows every mention of a cell: of one region the view of the cell, of a province or city the JSON. */
function commandFor(region, measure) {
  const id = measures[measure].id;
  if (core.by !== 'region' || !regions[region].name) return `polcmp compare ${core.from} --by ${core.by} -m ${id} --json`;
  return `polcmp why ${regions[region].name} ${id} -d ${core.from}`;
}

/** In words, why a cell is empty. */
function whyEmpty(region, measure) {
  return say(`empty.${stateOf(region, measure)}`, {
    documents: say('n_documents', { n: regions[region].documents }),
    characters: say('n_characters', { n: regions[region].characters }),
  });
}

function dropGroup(title, found, open) {
  if (!found.length) return null;
  return el('details', { class: 'drop-group', open: open },
    el('summary', {}, say(title, { n: found.length })), quoteCards(found, state.region, state.measure, 6));
}

/** Open a cell; `from` gets the focus back. */
function openCell(region, measure, from) {
  cameFrom = from ?? null;
  go({ region: regions[region].name, measure: measures[measure].id });
  document.getElementById('panel-title')?.focus();
}

function closePanel() {
  go({ region: undefined, measure: undefined });
}

function leavePanel() {
  const pair = openPair;
  const back = typeof cameFrom === 'function' ? cameFrom : cameFrom ? () => cameFrom.focus?.() : () => focusPair(pair);
  if (document.activeElement === document.body || document.activeElement === null) back();
  cameFrom = null;
  openPair = null;
}
