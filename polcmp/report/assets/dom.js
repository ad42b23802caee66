// Building blocks. Every text reaches the page through `written`: as text, never as markup.

const SVG = 'http://www.w3.org/2000/svg';

// What nobody sees or what turns the direction of writing; a document could use it to show what it does not say.
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;

/** An element. `attributes` may hold `on` (event handlers) and `style` (properties); null and false are left out. */
function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') for (const [event, run] of Object.entries(value)) node.addEventListener(event, run);
    else if (name === 'style') for (const [key, to] of Object.entries(value)) node.style.setProperty(key, to);
    else node.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(4)) {
    if (child === null || child === undefined || child === false) continue;
    if (child instanceof Node) node.append(child);
    else node.append(...written(String(child)));
  }
  return node;
}

/** A text as nodes, with invisible characters shown by their numbers. */
function written(text) {
  if (!INVISIBLE.test(text)) return [document.createTextNode(text)];
  const nodes = [];
  let plain = '';
  for (const character of text) {
    if (!INVISIBLE.test(character)) {
      plain += character;
      continue;
    }
    if (plain) nodes.push(document.createTextNode(plain));
    plain = '';
    const code = character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
    const sign = document.createElement('span');
    sign.className = 'control';
    sign.title = say('control', { code });
    sign.textContent = code;
    nodes.push(sign);
  }
  if (plain) nodes.push(document.createTextNode(plain));
  return nodes;
}

/** A name from a document or a taxonomy: its direction of writing stays inside it, and Chinese is said to be so. */
function name(text) {
  return el('bdi', { lang: /\p{Script=Han}/u.test(text) && lang !== 'zh' ? 'zh' : null }, text);
}

/** Words for a screen reader only. */
function unseen(text) {
  return el('span', { class: 'unseen' }, text);
}

/** Where something was found: a link if it is one to a web page, else text. Any other scheme stays text. */
function origin(text) {
  if (!/^https?:\/\/[^\s]+$/i.test(text)) return name(text);
  return el('a', { href: text, rel: 'noreferrer noopener', target: '_blank' }, name(text));
}

/** Tell a screen reader. */
function announce(text) {
  document.getElementById('said').textContent = text;
}
