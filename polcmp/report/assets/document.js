// A whole document with its mentions, boilerplate and headings marked.

function documentView() {
  const number = documentNumber.get(state.document);
  const facts = documents[number];
  const back = { view: 'matrix', document: undefined, at: undefined };
  const body = hasText(number) ? wholeText(number) : withoutText(number);
  return [
    el('p', {}, link(back, { class: 'button', id: 'back' }, '← ', say('back_to_matrix'))),
    el('header', { class: 'document-head' },
      el('h2', { id: 'view-title', tabindex: -1 }, name(facts.title || facts.name)),
      documentFacts(facts),
      facts.warnings.map((warning) => el('p', { class: 'notice' }, say('warning'), say('colon'), told(warning)))),
    body,
  ];
}

function documentFacts(facts) {
  const rows = [
    ['region_of_document', name(placeName(facts))],
    ['region_found_by', say(`found_by.${facts.found_by}`)],
    ['date', facts.date || say('undated')],
    ['source', facts.source && origin(facts.source)],
    ['path', origin(facts.path || facts.name)],
    ['characters', number(facts.characters)],
    ['encoding', facts.encoding],
  ];
  return el('dl', { class: 'facts-row' }, rows.filter(([, value]) => value).map(([key, value]) =>
    el('div', {}, el('dt', {}, say(key)), el('dd', {}, value))));
}

/** The text beside the lists of what is marked in it. */
function wholeText(number) {
  const text = textOf(number);
  const marks = text.mentions.map(([start, end, measure, status]) => ({ start, end, measure, status }));
  marks.sort((a, b) => a.start - b.start || b.end - a.end);
  return el('div', { class: 'document' },
    el('div', { class: 'document-lists' },
      el('p', { class: 'quiet' }, text.masks.length ? say('mask_legend') : ''),
      el('h3', {}, say('mentions_here')),
      marks.length ? el('ol', {}, marks.map((one) => el('li', {}, jump(one.start,
        marked(STATUSES[one.status]), ' ', name(measureName(one.measure)),
        el('span', { class: 'snippet', lang: 'zh' }, text.cut(one.start, one.end)))))) : el('p', {}, say('no_warnings')),
      text.headings.length > 0 && el('h3', {}, say('headings_here')),
      el('ul', { class: 'outline' }, text.headings.map(([level, start, end]) =>
        el('li', { class: `level-${Math.min(level, 4)}` }, jump(start, name(text.cut(start, end))))))),
    el('div', { class: 'document-text', lang: 'zh' }, textRuns(text, marks)));
}

function jump(start, ...children) {
  return link({ at: String(start) }, {}, ...children);
}

/** The stretch the address asks for (`at=12-34`, or `at=12`), in code points of the text; NaN for none. */
function asked() {
  const [start, end] = (state.at ?? '').split('-').map((one) => Number.parseInt(one, 10));
  return { start, end: end ?? start };
}

/** The text in runs, cut wherever a mark begins or ends, so that marks may overlap. */
function textRuns(text, marks) {
  const cuts = new Set([0, text.length]);
  for (const { start, end } of marks) cuts.add(start).add(end);
  for (const [start, end] of text.masks) cuts.add(start).add(end);
  for (const [, start, end] of text.headings) cuts.add(start).add(end);
  const stretch = asked(); // a match that does not count has no mark of its own
  for (const at of [stretch.start, stretch.end]) if (at > 0 && at < text.length) cuts.add(at);
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(0, -1).map((start, at) => textRun(text, marks, start, places[at + 1]));
}

function textRun(text, marks, start, end) {
  const inside = (from, to) => from <= start && end <= to;
  const words = text.cut(start, end);
  const mentions = marks.filter((one) => inside(one.start, one.end));
  const mask = text.masks.find(([from, to]) => inside(from, to));
  const heading = text.headings.find(([, from, to]) => inside(from, to));
  const anchor = { id: `at-${start}`, 'data-start': start };
  if (!mentions.length && !mask && !heading && start !== asked().start) return written(words);
  let run = written(words);
  for (const one of mentions) {
    const place = marks.indexOf(one) + 1;
    run = el('mark', {
      class: `is-${STATUSES[one.status]}`, title: `${place} ${measureName(one.measure)}, ${say(`state.${STATUSES[one.status]}`)}`,
    }, one.start === start && el('sup', {}, mark(STATUSES[one.status]), String(place)), run);
  }
  if (mask) return el('span', { ...anchor, class: 'mask', title: say('mask', { rule: ruleWord(mask[2]) }) }, run);
  anchor['data-end'] = Math.max(end, ...mentions.filter((one) => one.start === start).map((one) => one.end));
  return el('span', { ...anchor, class: heading ? 'heading' : null, tabindex: mentions.length || heading ? -1 : null }, run);
}

/** For a document whose text was left out: its quotations, by measure. */
function withoutText(number) {
  const { region } = documents[number];
  const reason = core.kept.texts_wanted ? say('no_text_room') : say('no_texts_wanted');
  return el('div', {}, el('p', { class: 'notice' }, sentences(say('no_text'), reason)), measures.map((one, measure) => {
    const here = evidenceOf(region, measure).mentions.filter((found) => found.document === number);
    if (!here.length) return null;
    return el('section', {}, el('h3', {}, name(measureName(measure))), quoteCards(here, regions[region].name, one.id));
  }));
}

/** All runs of the stretch that begins at a place: mentions may begin or end inside it. */
function runsOf(place) {
  const end = Math.max(Number(place.dataset.end ?? 0), asked().end);
  return [...place.parentElement.querySelectorAll('[data-start]')].filter((one) =>
    one === place || (Number(one.dataset.start) > Number(place.dataset.start) && Number(one.dataset.start) < end));
}

/** Scroll to the place the address names, and show which it is. */
function jumpTo() {
  const place = document.getElementById(`at-${asked().start}`);
  if (!place) return window.scrollTo(0, 0);
  for (const one of document.querySelectorAll('.here')) one.classList.remove('here');
  for (const one of runsOf(place)) one.classList.add('here');
  place.scrollIntoView({ block: 'center' });
  return place.focus({ preventScroll: true });
}
