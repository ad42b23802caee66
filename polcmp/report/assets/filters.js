// Which regions and measures are shown, in which order, and which cells fit; and the bar that decides it.

let found = null; // cells whose quotations contain the words looked for
let foundFor = '';

/** Rows and columns to show, and whether a cell fits the filters. */
function selection() {
  if (state.text && foundFor !== state.text) {
    found = cellsWith(state.text);
    foundFor = state.text;
  }
  const shownMeasures = state.measures.length
    ? measures.map((_, at) => at).filter((at) => state.measures.includes(measures[at].id))
    : measures.map((_, at) => at);
  const cells = state.status.length > 0 || Boolean(state.text);
  const fits = (region, measure) =>
    (!state.status.length || state.status.includes(stateOf(region, measure))) &&
    (!state.text || found.has(region * measures.length + measure));
  const words = (state.find ?? '').toLowerCase();
  const shownRegions = ordered(
    regions.map((_, at) => at).filter((at) =>
      (!words || `${regions[at].name} ${regions[at].full}`.toLowerCase().includes(words)) &&
      (!cells || shownMeasures.some((measure) => fits(at, measure)))),
    shownMeasures,
  );
  return { regions: shownRegions, measures: shownMeasures, fits: cells ? fits : null };
}

function ordered(some, shownMeasures) {
  const sort = state.sort ?? 'given';
  if (sort === 'name') return some.sort((a, b) => regions[a].name.localeCompare(regions[b].name, 'zh'));
  if (sort === 'most') {
    const count = new Map(some.map((at) => [at, shownMeasures.filter((measure) => has(at, measure)).length]));
    return some.sort((a, b) => count.get(b) - count.get(a) || a - b);
  }
  if (sort === 'alike') {
    const place = new Map(core.alike.regions.map((region, at) => [region, at]));
    return some.sort((a, b) => (place.get(a) ?? Infinity) - (place.get(b) ?? Infinity) || a - b);
  }
  const measure = measureNumber.get(sort);
  if (measure === undefined) return some;
  const rank = (region) => {
    const at = STATUSES.indexOf(stateOf(region, measure));
    return at < 0 ? STATUSES.length : at;
  };
  const amount = (region) => cellOf(region, measure)?.mentions ?? 0;
  return some.sort((a, b) => rank(a) - rank(b) || amount(b) - amount(a) || a - b);
}

/** The bar above the matrix, folded on a narrow screen. It is made once, so that typing is not disturbed. */
function filterBar() {
  const folded = window.innerWidth <= 640 && !state.find && !state.text && !state.status.length;
  return el('details', { class: 'filter-fold', open: !folded }, el('summary', { class: 'button' }, say('filters')), filterForm());
}

function filterForm() {
  return el('form', { class: 'filters', 'aria-label': say('filters'), on: { submit: (event) => event.preventDefault() } },
    field('find', 'find_region', say('find_region_hint')),
    field('text', 'find_text', ''),
    statusChoice(),
    measureChoice(),
    el('label', { class: 'field' }, el('span', {}, say('sort')),
      el('select', { id: 'sort', on: { change: (event) => go({ sort: given(event.target.value, 'given') }) } },
        sortings().map(([value, word]) => el('option', { value }, word)))),
    el('div', { class: 'toggles' }, toggle('turn', 'turn'), toggle('dense', 'dense')),
    el('p', { class: 'shown' }, el('span', { id: 'shown', role: 'status' }),
      el('button', { type: 'button', id: 'clear', class: 'button', on: { click: clearFilters } }, say('clear'))));
}

const given = (value, usual) => (value && value !== usual ? value : undefined);

function field(key, label, hint) {
  let timer = 0;
  const typed = (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => go({ [key]: given(event.target.value.trim(), '') }, { replace: true }), 200);
  };
  return el('label', { class: 'field' }, el('span', {}, say(label)),
    el('input', { type: 'search', id: `filter-${key}`, placeholder: hint, autocomplete: 'off', spellcheck: 'false', on: { input: typed } }));
}

/** One button for each status that occurs, and for near misses, which ask for a look. */
function statusChoice() {
  const seen = new Set(core.codes.join(''));
  const kinds = Object.entries(core.states).filter(([code, kind]) =>
    seen.has(code) && (STATUSES.includes(kind) || kind === 'near_miss')).map(([, kind]) => kind);
  if (!kinds.length) return null; // nothing to press
  const press = (kind) => {
    const on = state.status.includes(kind);
    go({ status: on ? state.status.filter((one) => one !== kind) : [...state.status, kind] });
  };
  return el('div', { class: 'field' }, el('span', { id: 'status-label' }, say('status')),
    el('div', { class: 'choice', role: 'group', 'aria-labelledby': 'status-label' }, kinds.map((kind) =>
      el('button', { type: 'button', 'data-status': kind, on: { click: () => press(kind) } }, marked(kind)))));
}

function measureChoice() {
  const pick = () => {
    const boxes = [...document.querySelectorAll('#measure-choice input')];
    const ids = boxes.filter((box) => box.checked).map((box) => box.value);
    go({ measures: ids.length === measures.length ? [] : ids });
  };
  const all = el('button', { type: 'button', class: 'button', on: { click: () => go({ measures: [] }) } }, say('all'));
  return el('div', { class: 'field' }, el('span', {}, say('measure')),
    el('details', { id: 'measure-choice', class: 'drop-down' },
      el('summary', { id: 'measure-choice-summary' }),
      el('div', { class: 'drop-down-body' }, all, measures.map((one, at) => el('label', {},
        el('input', { type: 'checkbox', value: one.id, on: { change: pick } }), ' ', name(measureName(at)))))));
}

function sortings() {
  const fixed = ['given', 'name', 'most', 'alike'].map((key) => [key, say(`sort.${key}`)]);
  return [...fixed, ...measures.map((one, at) => [one.id, say('sort.by', { measure: measureName(at) })])];
}

function toggle(key, word) {
  const press = () => go({ [key]: state[key] ? undefined : '1' });
  return el('button', { type: 'button', class: 'button', id: `toggle-${key}`, 'aria-pressed': 'false', on: { click: press } }, say(word));
}

function clearFilters() {
  go({ find: undefined, text: undefined, status: [], measures: [] });
  document.getElementById('filter-find').focus();
}

/** Make the bar show the state, whoever changed it. */
function syncFilters(chosen) {
  for (const key of ['find', 'text']) {
    const input = document.getElementById(`filter-${key}`);
    if (document.activeElement !== input) input.value = state[key] ?? '';
  }
  for (const button of document.querySelectorAll('[data-status]')) {
    button.setAttribute('aria-pressed', String(state.status.includes(button.dataset.status)));
  }
  for (const box of document.querySelectorAll('#measure-choice input')) {
    box.checked = chosen.measures.includes(measureNumber.get(box.value));
  }
  document.getElementById('measure-choice-summary').textContent = state.measures.length
    ? say('measures_some', { n: state.measures.length, of: measures.length }) : say('measures_all');
  document.getElementById('sort').value = state.sort ?? 'given';
  document.getElementById('toggle-turn').setAttribute('aria-pressed', String(Boolean(state.turn)));
  document.getElementById('toggle-dense').setAttribute('aria-pressed', String(isDense()));
  document.getElementById('shown').textContent = shownWords(chosen);
  const filtered = state.find || state.text || state.status.length || state.measures.length;
  document.getElementById('clear').hidden = !filtered;
}

function shownWords(chosen) {
  const shown = say('shown', { shown: chosen.regions.length, of: regions.length });
  if (!chosen.fits) return shown;
  let n = 0;
  for (const region of chosen.regions) n += chosen.measures.filter((measure) => chosen.fits(region, measure)).length;
  return `${shown}${say('comma')}${say('n_cells', { n })}`;
}

/** Many columns are shown compact from the start; the switch turns it round. */
function isDense() {
  const many = (state.turn ? regions.length : state.measures.length || measures.length) > 16;
  return many !== Boolean(state.dense);
}
