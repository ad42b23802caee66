// Two to four regions side by side: what all have, what only one has, and their figures.

function besideView() {
  const chosen = state.regions.map((one) => regionNumber.get(one));
  return [
    el('h2', { id: 'view-title', tabindex: -1 }, say('view.beside')),
    chosenBar(chosen),
    ...(chosen.length ? [besideTable(chosen), besideFigures(chosen), besideNearest(chosen)] : [el('p', { class: 'empty' }, say('choose_regions'))]),
  ];
}

/** The regions chosen, each with a way to take it away, and a field to add one. */
function chosenBar(chosen) {
  const away = (region) => go({ regions: state.regions.filter((one) => one !== regions[region].name) });
  const others = regions.map((_, at) => at).filter((at) => !chosen.includes(at));
  const add = (event) => {
    const at = others.find((other) => [regionName(other), regions[other].full].includes(event.target.value.trim()));
    if (at !== undefined) go({ regions: [...state.regions, regions[at].name] });
  };
  return el('div', { class: 'chosen' },
    chosen.map((region) => el('span', { class: 'chip' }, name(regionName(region)),
      el('button', { type: 'button', 'aria-label': say('take_away', { region: regionName(region) }), on: { click: () => away(region) } }, '✕'))),
    chosen.length < 4 && others.length > 0 && el('label', { class: 'field inline' }, el('span', {}, say('add_region')),
      regions.length <= 60 ? regionSelect(others) : el('input', { id: 'add-region', list: 'region-names', autocomplete: 'off', on: { change: add, input: add } })),
    regions.length > 60 && el('datalist', { id: 'region-names' }, others.map((at) =>
      el('option', { value: regionName(at) }, regions[at].full))));
}

function regionSelect(others) {
  const pick = (event) => event.target.value && go({ regions: [...state.regions, regions[Number(event.target.value)].name] });
  return el('select', { id: 'add-region', on: { change: pick } }, el('option', { value: '' }, '–'),
    others.map((at) => el('option', { value: at }, regionName(at))));
}

/** Measures in groups: all have it, some have it, only one has it, none has it. */
function besideTable(chosen) {
  const groups = new Map();
  measures.forEach((_, measure) => {
    const having = chosen.filter((region) => has(region, measure));
    const key = having.length === chosen.length ? '0' : having.length === 0 ? '9' : having.length > 1 ? '1' : `2${chosen.indexOf(having[0])}`;
    groups.set(key, [...(groups.get(key) ?? []), measure]);
  });
  const single = chosen.length === 1;
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': say('view.beside') },
    el('table', { class: 'beside' },
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, say('measure')), chosen.map((region) =>
        el('th', { scope: 'col' }, name(regionName(region)), el('small', {}, name(regions[region].full), ' ',
          say('n_documents', { n: regions[region].documents })))))),
      [...groups.keys()].sort().map((key) => el('tbody', {},
        !single && el('tr', { class: 'group' }, el('th', { colspan: chosen.length + 1, scope: 'rowgroup' },
          groupTitle(key, chosen), el('span', { class: 'group-count' }, ` ${groups.get(key).length}`))),
        groups.get(key).map((measure) => el('tr', {},
          el('th', { scope: 'row' }, name(measureName(measure)), el('small', {}, name(otherName(measure)))),
          chosen.map((region) => besideCell(region, measure))))))),
    el('p', { class: 'quiet' }, say('present_means')));
}

function groupTitle(key, chosen) {
  if (key === '0') return say(chosen.length === 2 ? 'shared_both' : 'shared_all');
  if (key === '1') return say('shared_some');
  if (key === '9') return say('shared_none');
  return say('shared_only', { region: regionName(chosen[Number(key[1])]) });
}

/** Status, figures and the most telling quotation. */
function besideCell(region, measure) {
  const kind = stateOf(region, measure);
  const cell = cellOf(region, measure);
  const [first] = cell ? evidenceOf(region, measure).mentions : [];
  return el('td', { class: `beside-cell is-${kind}` },
    el('div', {}, cellLink(region, measure, marked(kind)), cell && el('span', { class: 'times' }, ' ', say('count', { n: cell.mentions }))),
    cell && cell.figures.length > 0 && el('div', { class: 'figures' }, cell.figures.slice(0, 3).map((one) =>
      el('span', { class: 'figure' }, name(figureText(one))))),
    first && el('q', { lang: 'zh' }, first.quote));
}

function besideFigures(chosen) {
  const charts = measures.flatMap((_, measure) => figureCharts(measure, chosen, fullTitle));
  return el('section', {}, el('h3', {}, say('figures_beside')),
    el('p', { class: 'quiet' }, sentences(say('figures_means'), say('bound_means'))),
    charts.length ? el('div', { class: 'charts' }, charts) : el('p', {}, say('no_figures')));
}

/** For each chosen region those most like it. */
function besideNearest(chosen) {
  return el('section', {}, el('h3', {}, say('nearest')), el('p', { class: 'quiet' }, say('nearest_means')),
    el('div', { class: 'charts' }, chosen.map((region) => nearestTable(region, 8))));
}

function nearestTable(region, most) {
  return el('table', { class: 'plain' }, el('caption', {}, name(regionName(region))),
    el('tbody', {}, mostAlike(region, most).map(({ other, alike }) => el('tr', {},
      el('th', { scope: 'row' }, link({ view: 'beside', regions: [regions[region].name, regions[other].name], near: undefined }, {}, name(regionName(other)))),
      el('td', { class: 'amount' }, `${Math.round(100 * alike)} %`)))));
}
