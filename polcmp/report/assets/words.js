// Words in the language the reader chose.

let lang = 'en';

function setLanguage(wanted) {
  lang = core.words[wanted] ? wanted : core.lang;
  document.documentElement.lang = lang === 'zh' ? 'zh-Hans' : 'en';
}

/** The words for `key`; {names} in them are filled from `values`. Where `n` decides, they read one|many. */
function say(key, values = {}) {
  const forms = (core.words[lang][key] ?? key).split('|');
  const form = forms[values.n === 1 ? 0 : forms.length - 1];
  return form.replace(/\{(\w+)\}/g, (whole, field) => {
    const value = values[field];
    return typeof value === 'number' ? number(value) : value ?? whole;
  });
}

function number(value) {
  return value.toLocaleString('en', { maximumFractionDigits: 4 });
}

/** A region's short name, or words that say that it is unknown. */
function regionName(region) {
  return regions[region].name || say('unknown_region');
}

/** How many regions there are; documents of an unknown one are told apart. */
function regionsCounted() {
  const known = say('n_regions', { n: regions.filter((one) => one.name).length });
  return regions.every((one) => one.name) ? known : `${known}${say('and')}${say('unknown_region')}`;
}

/** The region of a document, which is no row of the page where rows are provinces, say. */
function placeName(facts) {
  return facts.region >= 0 ? regionName(facts.region) : facts.place || say('unknown_place');
}

function measureName(measure) {
  return measures[measure][lang];
}

/** The other language's name of a measure, if it has one of its own. */
function otherName(measure) {
  const other = measures[measure][lang === 'zh' ? 'en' : 'zh'];
  return other === measureName(measure) ? '' : other;
}

/** A message of the program, which is carried in English and, where there is one, in Chinese. */
const told = ([english, chinese]) => (lang === 'zh' && chinese) || english;

/** What a kind of page furniture is called. */
const ruleWord = (rule) => core.words[lang][`rule.${rule}`] ?? rule;

function figureText(figure) {
  return (lang === 'zh' && figure.zh) || figure.en.replace('>=', '≥').replace('<=', '≤');
}

/** Sentences one after the other: Chinese has no space between them. */
const sentences = (...all) => all.join(lang === 'zh' ? '' : ' ');

/** Several names, as a sentence lists them. */
function listed(names) {
  return names.length < 2 ? names.join('') : names.slice(0, -1).join(say('list')) + say('and') + names.at(-1);
}
