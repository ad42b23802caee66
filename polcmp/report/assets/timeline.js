// When each measure is first reported as done, in how many regions, by the dates of documents.

const MOST_NAMED = 12; // periods

function timelineView() {
  const dated = documents.filter((one) => one.date).length;
  const head = [
    el('h2', { id: 'view-title', tabindex: -1 }, say('timeline_title')),
    el('p', { class: 'prose' }, sentences(say('timeline_means'), say('timeline_dated', { dated, of: documents.length }))),
  ];
  if (core.first === null) return [...head, el('p', { class: 'empty' }, say('timeline_unknown'))];
  if (!core.first.length) return [...head, el('p', { class: 'empty' }, say('timeline_none'))];
  const periods = periodsOf(core.first.map(([, , date]) => date));
  const shown = measures.map((_, measure) => core.first.filter(([one]) => one === measure));
  const most = Math.max(...shown.flatMap((firsts) => periods.map((period) => firsts.filter(inPeriod(period)).length)));
  return [...head, el('div', { class: 'timeline' }, shown.map((firsts, measure) =>
    firsts.length > 0 && timelineRow(measure, firsts, periods, most))), timelineRest(shown)];
}

/** The measures that have no bar, so that nobody looks for them. */
function timelineRest(shown) {
  const rest = measures.map((_, at) => at).filter((at) => !shown[at].length);
  return rest.length ? el('p', { class: 'quiet' }, say('timeline_without', { measures: rest.map(measureName).join(say('list')) })) : '';
}

/** Months when all dates have one and lie within four years, else years; none is left out between the ends. */
function periodsOf(dates) {
  const sorted = [...dates].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  if (to - from > 3 || dates.some((date) => date.length < 7)) {
    return Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
  }
  const months = [];
  for (let year = from; year <= to; year += 1) {
    for (let month = 1; month <= 12; month += 1) months.push(`${year}-${String(month).padStart(2, '0')}`);
  }
  return months.filter((month) => month >= first.slice(0, 7) && month <= last.slice(0, 7));
}

const inPeriod = (period) => ([, , date]) => date.startsWith(period);

/** One measure: bars of new regions in each period, then the regions by date. */
function timelineRow(measure, firsts, periods, most) {
  const width = 100 / periods.length;
  const bars = periods.map((period, at) => {
    const n = firsts.filter(inPeriod(period)).length;
    if (!n) return null;
    const height = Math.max(4, (72 * n) / most); // per cent of the chart: room for the number is left above
    const thick = Math.min(width * 0.84, 6);
    return svg('g', {}, svg('title', {}, say('timeline_bar', { period, n })),
      svg('rect', { x: `${at * width}%`, width: `${thick}%`, y: `${100 - height}%`, height: `${height}%`, class: 'time-bar' }),
      periods.length <= 36 && svg('text', { x: `${at * width + thick / 2}%`, y: `${96 - height}%`, class: 'time-count' }, number(n)));
  });
  return el('section', { class: 'time-row' },
    el('h3', {}, name(measureName(measure)), el('small', {}, say('timeline_n', { n: firsts.length }))),
    el('div', { class: 'time-chart' },
      svg('svg', { class: 'time-bars', 'aria-hidden': 'true', focusable: 'false' }, bars),
      timeAxis(periods)),
    firstList(measure, firsts));
}

/** Every period by its name while there is room, else the first and the last. */
function timeAxis(periods) {
  const each = periods.length <= MOST_NAMED;
  const named = each ? periods : [periods[0], periods.at(-1)];
  return el('div', { class: each ? 'time-axis each' : 'time-axis', 'aria-hidden': 'true' }, named.map((period) => el('span', {}, period)));
}

function firstList(measure, firsts, step = 12) {
  const item = ([, region, date]) => el('li', {}, el('time', {}, date), ' ', cellLink(region, measure, name(regionName(region))));
  const list = el('ol', { class: 'firsts' }, firsts.slice(0, step).map(item));
  const rest = firsts.length - step;
  if (rest <= 0) return list;
  const more = el('button', { type: 'button', class: 'button', on: { click: () => {
    list.append(...firsts.slice(step).map(item));
    more.remove();
  } } }, say('more', { n: rest }));
  return el('div', {}, list, more);
}
