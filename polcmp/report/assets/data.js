// The comparison. Its core is read at once, quotations and whole texts when they are first asked for.

const core = JSON.parse(document.getElementById('core').textContent);

const row = (fields, values) => Object.fromEntries(fields.map((field, at) => [field, values[at]]));

const regions = core.regions.map((values) => row(core.fields.region, values));
const measures = core.measures;
const documents = core.documents.map((values) => row(core.fields.document, values));
const regionNumber = new Map(regions.map((one, at) => [one.name, at]));
const measureNumber = new Map(measures.map((one, at) => [one.id, at]));
const documentNumber = new Map(documents.map((one, at) => [one.name, at]));

const STATUSES = ['implemented', 'planned', 'called_for', 'lacking'];
const ZEROS = ['not_mentioned', 'dropped_only', 'near_miss', 'no_document', 'other_status'];

/** A cell's status, or why it is empty. */
const stateOf = (region, measure) => core.states[core.codes[region][measure]];

/** Done, planned or called for: what counts as having a measure (as in the likeness of regions). */
const has = (region, measure) => '012'.includes(core.codes[region][measure]);

const figureOf = (values) => row(core.fields.figure, values);

const cellsOf = new Map();

/** A filled cell, undefined for an empty one. */
function cellOf(region, measure) {
  if (!cellsOf.has(region)) {
    const cells = core.cells[region].map((values) => row(core.fields.cell, values));
    for (const cell of cells) cell.figures = cell.figures.map(figureOf);
    cellsOf.set(region, new Map(cells.map((cell) => [cell.measure, cell])));
  }
  return cellsOf.get(region).get(measure);
}

const chunkOf = new Map(core.chunks.flatMap((held, chunk) => held.map((region) => [region, chunk])));
const chunks = new Map();

/** Rows of a region's quotations, by measure. */
function quotationsOf(region) {
  const chunk = chunkOf.get(region);
  if (!chunks.has(chunk)) {
    chunks.set(chunk, JSON.parse(document.getElementById(`evidence-${chunk}`).textContent));
  }
  return chunks.get(chunk)[region];
}

/** What was found for a cell: mentions that count, and matches that don't. */
function evidenceOf(region, measure) {
  const [counted, dropped] = quotationsOf(region)[measure] ?? [[], []];
  return {
    mentions: counted.map((values) => quotation(row(core.row_fields.mention, values))),
    dropped: dropped.map((values) => quotation(row(core.row_fields.dropped, values))),
  };
}

function quotation(found) {
  const shared = (at) => (at === undefined ? '' : core.strings[at]);
  found.state = STATUSES[found.status];
  found.end = found.start + Array.from(found.quote).length;
  for (const key of ['pattern', 'section', 'transforms', 'cue_from', 'reason']) found[key] = shared(found[key]);
  found.transforms = found.transforms.split(' ').filter(Boolean);
  found.figures = (found.figures ?? []).map(([en, zh]) => ({ en, zh: zh ?? '' }));
  found.parts = found.parts.map(([piece, words, how, points]) => ({
    piece: shared(piece), words, how: shared(how), points,
  }));
  return found;
}

/** Whether a document's whole text is in the page. */
const hasText = (document) => core.kept.texts.includes(document);

/** A whole text with its marks. Offsets count code points: a text with others than 16-bit ones is cut in those. */
function textOf(number) {
  const held = JSON.parse(document.getElementById(`text-${number}`).textContent);
  const points = /[\ud800-\udfff]/.test(held.text) ? Array.from(held.text) : null;
  held.length = points ? points.length : held.text.length;
  held.cut = (start, end) => (points ? points.slice(start, end).join('') : held.text.slice(start, end));
  return held;
}

/** Cells whose sentences contain some words, as written or in Simplified script: region × measures + measure. */
function cellsWith(words) {
  const wanted = words.toLowerCase();
  const found = new Set();
  const at = Object.fromEntries(core.row_fields.mention.map((field, place) => [field, place]));
  for (let region = 0; region < regions.length; region += 1) {
    for (const [measure, [counted]] of Object.entries(quotationsOf(region))) {
      const said = (values) => `${values[at.before]}${values[at.quote]}${values[at.after]}\n${values[at.plain]}`.toLowerCase();
      if (counted.some((values) => said(values).includes(wanted))) {
        found.add(region * measures.length + Number(measure));
      }
    }
  }
  return found;
}

/** Share of the measures that either region has that both have, 0 to 1. */
function likeness(one, other) {
  let both = 0;
  let either = 0;
  for (let measure = 0; measure < measures.length; measure += 1) {
    const [a, b] = [has(one, measure), has(other, measure)];
    both += a && b;
    either += a || b;
  }
  return either ? both / either : 0;
}

/** The regions most like one, the most alike first. */
function mostAlike(region, most) {
  return regions
    .map((_, other) => ({ other, alike: likeness(region, other) }))
    .filter(({ other, alike }) => other !== region && alike > 0 && regions[other].name)
    .sort((a, b) => b.alike - a.alike || a.other - b.other)
    .slice(0, most);
}
