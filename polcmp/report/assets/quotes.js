// One quotation: the sentence with the words marked, where it stands, and why it counts or doesn't.

/** A mention that counts, or a match that doesn't (which has a `reason`). */
function quoteCard(found, region, measure) {
  const source = documents[found.document];
  return el('article', { class: `quote is-${found.state}${found.reason ? ' is-dropped' : ''}` },
    el('div', { class: 'quote-head' },
      found.reason
        ? el('span', { class: 'reason' }, say(`reason.${found.reason}`), found.detail ? say('aside', { text: found.reason === 'boilerplate' ? ruleWord(found.detail) : found.detail }) : '')
        : marked(found.state),
      el('span', { class: 'figures' }, found.figures.map(figureText).join(say('comma')))),
    el('blockquote', { lang: 'zh' }, found.before, el('mark', {}, found.quote), found.after),
    el('p', { class: 'quote-source' },
      el('span', { class: 'quote-title' }, name(source.title || source.name)),
      el('span', {}, source.date || say('undated')),
      found.section && el('span', {}, `${say('section')}${say('colon')}`, name(found.section)),
      el('span', {}, name(source.path || source.name), ' ', pageOf(found), say('place', { start: found.start, end: found.end })),
      source.source && el('span', {}, `${say('source')}${say('colon')}`, origin(source.source))),
    el('div', { class: 'quote-more' },
      link({ view: 'document', document: source.name, at: `${found.start}-${found.end}`, region: region, measure: measure },
        { class: 'button' }, say('whole_document')),
      el('details', {}, el('summary', {}, say(found.reason ? 'why_not' : 'why'),
        el('span', { class: 'score', title: say('score') }, found.score.toFixed(2))), reasons(found))));
}

/** Page or paragraph, for documents that have them. */
function pageOf(found) {
  if (found.page) return `${say('page', { page: String(found.page) })}${say('comma')}`;
  return found.paragraph ? `${say('paragraph', { paragraph: String(found.paragraph) })}${say('comma')}` : '';
}

/** Everything that decided: status cue, pattern, and the score piece by piece. */
function reasons(found) {
  const facts = [];
  if (!found.reason) {
    const cue = say(`cue.${found.cue_from}`, { cue: found.cue });
    facts.push([say('status_from'), `${say(`state.${found.state}`)}${say('colon')}${cue}`]);
  }
  facts.push([say('pattern'), el('code', {}, found.pattern)]);
  if (found.transforms.length) facts.push([say('transforms'), listed(found.transforms.map(transformWord))]);
  return [
    el('dl', { class: 'facts-list' }, facts.map(([key, value]) => [el('dt', {}, key), el('dd', {}, value)])),
    found.parts.length > 0 && scoreTable(found),
  ];
}

function transformWord(transform) {
  if (transform.startsWith('edits:')) return howWord(transform);
  return core.words[lang][`transform.${transform}`] ?? transform;
}

function howWord(how) {
  const [kind, count] = how.split(':');
  return core.words[lang][`how.${kind}`] ? say(`how.${kind}`, { n: Number(count) }) : how;
}

/** A piece of a pattern as the taxonomy writes it, or what else took or gave points, in words. */
const pieceWord = (piece) => core.words[lang][`piece.${piece}`] ?? piece;

/** The parts of a score, which add up to it. */
function scoreTable(found) {
  const points = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
  return el('table', { class: 'score-table' },
    el('thead', {}, el('tr', {}, ['piece', 'found', 'how', 'points'].map((key) =>
      el('th', { scope: 'col' }, say(key))))),
    el('tbody', {}, found.parts.map((part) => el('tr', {},
      el('td', {}, name(pieceWord(part.piece))), el('td', {}, name(part.words)),
      el('td', {}, howWord(part.how)), el('td', { class: 'amount' }, points(part.points))))),
    el('tfoot', {}, el('tr', {},
      el('th', { scope: 'row', colspan: 3 }, say('score')),
      el('td', { class: 'amount' }, found.score.toFixed(3)))));
}

/** Cards, the first twenty at once: a cell may have hundreds. */
function quoteCards(all, region, measure, step = 20) {
  const box = el('div', { class: 'quotes' });
  let shown = 0;
  const more = el('button', { type: 'button', class: 'button', on: { click: () => grow() } });
  const grow = () => {
    const next = all.slice(shown, shown + step).map((found) => quoteCard(found, region, measure));
    more.before(...next);
    shown += next.length;
    more.hidden = shown >= all.length;
    more.textContent = say('more', { n: Math.min(step, all.length - shown) });
  };
  box.append(more);
  grow();
  return box;
}
