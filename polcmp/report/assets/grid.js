// The matrix: a grid with sticky heads, of which only the part in sight is drawn. Not a table element: browsers lay
// out the whole of a table anew when a row of it changes.

const grid = { model: null, sizes: null, drawn: null, rows: new Map(), active: { row: 0, column: 0 }, scroller: null, sheet: null };

function matrixView() {
  grid.sheet = el('div', { role: 'grid', id: 'grid', 'aria-label': say('grid') });
  grid.scroller = el('div', { class: 'matrix', id: 'matrix' }, grid.sheet);
  grid.scroller.addEventListener('scroll', () => requestAnimationFrame(() => drawGrid()), { passive: true });
  grid.scroller.addEventListener('keydown', gridKey);
  grid.scroller.addEventListener('click', gridClick);
  grid.scroller.addEventListener('pointerover', tellCell, { passive: true });
  new ResizeObserver(() => layGrid()).observe(grid.scroller);
  return [
    el('p', { class: 'intro' }, say('intro')), legend(), filterBar(), grid.scroller,
    el('p', { class: 'nothing', id: 'nothing', hidden: true }, say('nothing')),
    el('div', { class: 'tray', id: 'tray', hidden: true }),
  ];
}

/** Show what the state asks for. */
function updateMatrix() {
  const chosen = selection();
  const turned = Boolean(state.turn);
  if (grid.model && grid.model.turned !== turned) grid.scroller.scrollTo(0, 0);
  grid.model = {
    turned,
    dense: isDense(),
    fits: chosen.fits,
    among: chosen.regions,
    counts: new Map(),
    rows: turned ? chosen.measures : chosen.regions,
    columns: turned ? chosen.regions : chosen.measures,
  };
  syncFilters(chosen);
  const nothing = !grid.model.rows.length || !grid.model.columns.length;
  grid.scroller.hidden = nothing;
  document.getElementById('nothing').hidden = !nothing;
  clampActive();
  layGrid();
  showTray();
}

/** Region and measure of a place in the matrix. */
const pairAt = (row, column) => {
  const [a, b] = [grid.model.rows[row], grid.model.columns[column]];
  return grid.model.turned ? [b, a] : [a, b];
};

/** Sizes anew, then everything in sight. */
function layGrid() {
  if (!grid.model || grid.scroller.hidden) return;
  const { model, sheet } = grid;
  grid.sizes = gridSizes(model, grid.scroller.clientWidth);
  const { head, top, column, row } = grid.sizes;
  for (const [key, value] of Object.entries({ head, top, column, row })) {
    grid.scroller.style.setProperty(`--${key}`, `${value}px`);
  }
  sheet.className = `sheet ${model.dense ? 'dense' : 'roomy'}${model.turned ? ' turned' : ''}`;
  sheet.style.setProperty('width', `${head + column * model.columns.length}px`);
  sheet.style.setProperty('height', `${top + row * model.rows.length}px`);
  sheet.setAttribute('aria-rowcount', model.rows.length + 1);
  sheet.setAttribute('aria-colcount', model.columns.length + 1);
  grid.drawn = null;
  drawGrid();
}

/** Draw the part in sight, if another part is drawn now. Rows that stay in sight are left alone. */
function drawGrid() {
  if (!grid.model || grid.scroller.hidden) return;
  const { model, sizes, scroller, sheet } = grid;
  const [top, bottom] = inSight(scroller.scrollTop, scroller.clientHeight, sizes.row, model.rows.length);
  const [left, right] = inSight(scroller.scrollLeft, scroller.clientWidth, sizes.column, model.columns.length);
  const was = grid.drawn;
  if (was && [top, bottom, left, right].join() === was.join()) return;
  const hadFocus = sheet.contains(document.activeElement);
  if (!was || was[2] !== left || was[3] !== right) {
    sheet.replaceChildren(headRow(left, right)); // other columns: every row is another
    grid.rows.clear();
  }
  grid.drawn = [top, bottom, left, right];
  for (const [at, element] of grid.rows) {
    if (at >= top && at < bottom) continue;
    element.remove();
    grid.rows.delete(at);
  }
  let next = null;
  for (let at = bottom - 1; at >= top; at -= 1) {
    if (!grid.rows.has(at)) {
      grid.rows.set(at, gridRow(at, left, right));
      sheet.insertBefore(grid.rows.get(at), next);
    }
    next = grid.rows.get(at);
  }
  markActive();
  if (hadFocus && !sheet.contains(document.activeElement)) (activeElement() ?? scroller).focus({ preventScroll: true });
}

/** Room for the columns left of those that are drawn. */
const gap = (left) => left > 0 && el('div', { class: 'gap', 'aria-hidden': 'true', style: { width: `${left * grid.sizes.column}px` } });

function headRow(left, right) {
  const cells = [];
  for (let at = left; at < right; at += 1) cells.push(headCell(at));
  const corner = grid.model.turned ? 'measure' : 'region';
  return el('div', { role: 'row', 'aria-rowindex': 1, class: 'head-row' },
    el('div', { role: 'columnheader', 'aria-colindex': 1, class: 'corner' }, say(corner)), gap(left), cells);
}

function headCell(at) {
  const thing = grid.model.columns[at];
  const content = grid.model.turned ? regionHead(thing) : measureHead(thing);
  const sorted = !grid.model.turned && state.sort === measures[thing].id;
  return el('div', { role: 'columnheader', 'aria-colindex': at + 2, 'aria-sort': sorted ? 'descending' : null,
    class: 'column-head', 'data-row': -1, 'data-column': at }, content);
}

function gridRow(at, left, right) {
  const thing = grid.model.rows[at];
  const cells = [];
  for (let column = left; column < right; column += 1) cells.push(gridCell(at, column));
  return el('div', { role: 'row', 'aria-rowindex': at + 2, class: 'row', style: { top: `${grid.sizes.top + at * grid.sizes.row}px` } },
    el('div', { role: 'rowheader', 'aria-colindex': 1, class: 'row-head', 'data-row': at, 'data-column': -1 },
      grid.model.turned ? measureHead(thing) : regionHead(thing)), gap(left), cells);
}

function regionHead(region) {
  const one = regions[region];
  const above = one.full && one.full !== one.name ? one.full.replace(one.name, '') : '';
  const text = regionName(region);
  return el('div', { class: 'head region-head' },
    el('input', { type: 'checkbox', tabindex: -1, 'data-choose': region, 'aria-label': say('choose', { region: text }), checked: state.regions.includes(one.name) }),
    el('button', { type: 'button', tabindex: -1, 'data-region': region, title: one.full || text }, name(text),
      el('small', {}, above && el('span', {}, name(above)), el('span', {}, say('short_documents', { n: one.documents })))));
}

function measureHead(measure) {
  const { among, counts } = grid.model;
  if (!counts.has(measure)) counts.set(measure, countFor(measure, among)); // heads are drawn often
  const { n, statuses } = counts.get(measure);
  const of = among.length;
  const fitting = Boolean(grid.model.fits);
  const words = say(fitting ? 'sort_by_fits' : 'sort_by', { measure: measureName(measure), n, of });
  return el('div', { class: 'head measure-head' },
    el('button', { type: 'button', tabindex: -1, 'data-measure': measure, title: words }, name(measureName(measure)),
      el('small', {}, say(fitting ? 'of_regions_fit' : 'of_regions', { n, of })), spread(statuses, of)));
}

/** How many regions have a measure; where filters choose among cells, how many cells of it fit. */
function countFor(measure, among) {
  const { fits } = grid.model;
  const counted = fits ? among.filter((region) => fits(region, measure)) : among;
  const statuses = countStatuses(measure, counted);
  return { n: fits ? counted.length : having(statuses), statuses };
}

function gridCell(row, column) {
  const [region, measure] = pairAt(row, column);
  const kind = stateOf(region, measure);
  const cell = cellOf(region, measure);
  const element = bareCell(kind).cloneNode(false);
  element.setAttribute('aria-colindex', column + 2);
  element.dataset.row = row;
  element.dataset.column = column;
  if (grid.model.fits && !grid.model.fits(region, measure)) element.classList.add('off');
  if (state.region === regions[region].name && state.measure === measures[measure].id) {
    element.classList.add('open');
    element.setAttribute('aria-selected', 'true');
  }
  const short = grid.sizes.column < 176;
  if (grid.model.dense && cell) element.setAttribute('aria-label', cellWords(kind, cell));
  if (!grid.model.dense) element.append(...roomyContent(kind, cell, short).filter(Boolean));
  if (!grid.model.dense && !cell && short && say(`short.${kind}`)) element.setAttribute('aria-label', emptyWords(kind));
  return element;
}

/** An empty cell in words that begin with the short word it shows, as who speaks to the page would call it. */
function emptyWords(kind) {
  const [short, words] = [say(`short.${kind}`), say(`state.${kind}`)];
  return words === short || words.startsWith(`${short} `) ? words : `${short}${say('colon')}${words}`;
}

const bareCells = new Map(); // copying is quicker than making, and scrolling makes thousands

/** A cell of a kind without its contents; one that shows a mark alone says in words what it means. */
function bareCell(kind) {
  const key = `${kind} ${lang}`;
  if (!bareCells.has(key)) {
    const words = STATUSES.includes(kind) ? null : say(`state.${kind}`);
    bareCells.set(key, el('div', { role: 'gridcell', tabindex: -1, class: `cell is-${kind}`, 'aria-label': words }));
  }
  return bareCells.get(key);
}

/** What a compact cell says, for those who point at it. */
function tellCell(event) {
  const place = event.target.closest('.dense .cell');
  if (!place || place.title) return;
  const [region, measure] = pairAt(Number(place.dataset.row), Number(place.dataset.column));
  const words = cellWords(stateOf(region, measure), cellOf(region, measure));
  place.title = `${regionName(region)}${say('comma')}${measureName(measure)}${say('colon')}${words}`;
}

function roomyContent(kind, cell, short) {
  if (!cell) return [mark(kind), kind !== 'not_mentioned' && el('span', { class: 'zero' }, stateWord(kind, short))];
  return [
    el('span', { class: 'cell-top' }, marked(kind, short), el('span', { class: 'times' }, say('count', { n: cell.mentions }))),
    cell.figures.length > 0 && el('span', { class: 'cell-figure', title: figureText(cell.figures[0]) }, name(figureText(cell.figures[0]))),
  ];
}

/** A cell in words, where it shows a mark alone. (Hidden text in thousands of cells would make scrolling slow.) */
function cellWords(kind, cell) {
  if (!cell) return say(`state.${kind}`);
  const words = [say(`state.${kind}`), say('n_mentions', { n: cell.mentions })];
  if (cell.figures.length) words.push(figureText(cell.figures[0]));
  return words.join(say('comma'));
}
