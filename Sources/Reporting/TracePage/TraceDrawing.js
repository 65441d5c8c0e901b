// Draws the part of the picture that is in view.
const view = document.getElementById('view');
const space = document.getElementById('space');
const picture = document.getElementById('picture');
const isNarrow = () => window.innerWidth <= 720;
const headHeight = 30;
const gutter = () => isNarrow() ? 74 : 92;
const columnWidth = () => (isNarrow() ? 104 : 158) * Math.max(.35, state.zoom);
const xOf = (process) => gutter() + (layout.columnOf.get(process) + .5) * columnWidth();

function put(parent, name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

const shortened = (text, length) => text.length > length ? text.slice(0, length - 1) + '…' : text;

/** What an event says in the picture: pairs of words and how they are set off. */
function wordsOf(event) {
  const notes = (event.n || []).map((note) => [note.x, note.k === 's' ? 'shown' : note.k === 'f' ? 'fault' : '']);
  return event.k === 'o' && notes.length > 0 ? notes : [[event.x, isDropped(event) ? 'fault' : ''], ...notes];
}

const isFault = (event) => isDropped(event) || (event.n || []).some((note) => note.k === 'f');
const isShown = (event) => (event.n || []).some((note) => note.k === 's');

function arrow(layer, x1, y1, x2, y2, classes) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [ex, ey] = [x2 - ux * 6, y2 - uy * 6];
  put(layer, 'line', { class: `arrow ${classes}`, x1, y1, x2: ex - ux * 5, y2: ey - uy * 5 });
  const points = [[ex, ey], [ex - ux * 9 - uy * 4, ey - uy * 9 + ux * 4], [ex - ux * 9 + uy * 4, ey - uy * 9 - ux * 4]];
  put(layer, 'polygon', { class: `tip ${classes}`, points: points.map((point) => point.join(',')).join(' ') });
}

function draw() {
  const width = view.clientWidth;
  const height = view.clientHeight;
  const [left, top] = [view.scrollLeft, view.scrollTop];
  picture.replaceChildren();
  picture.setAttribute('width', width);
  picture.setAttribute('height', height);
  const dx = -left;
  const dy = headHeight - top;
  const x = (process) => xOf(process) + dx;
  const way = state.selected === null ? new Set() : causesOf(state.selected);
  const isFaded = (place) => state.hits !== null && !state.hits.has(place);

  for (const band of trace.bands) drawBand(band, x, dy, height);
  const marked = state.hovered ?? state.selected;
  if (marked !== null && layout.rowOf.has(marked)) {
    const y = layout.rows[layout.rowOf.get(marked)].y + dy;
    put(picture, 'rect', { class: 'row', x: 0, y: y - 11, width, height: 22 });
  }
  for (const process of layout.processes) {
    put(picture, 'line', { class: 'process', x1: x(process), x2: x(process), y1: headHeight, y2: height });
  }
  const arrows = put(picture, 'g', {});
  const marks = put(picture, 'g', {});
  const [first, last] = [firstRow(top - 40), firstRow(top + height + 40)];
  layout.rows.forEach((row, index) => {
    const { event, place } = row;
    const y = row.y + dy;
    const hasArrow = event.s !== undefined && event.s !== event.p;
    const y1 = hasArrow ? heightOfEvent(event.c, event.d) + dy : y;
    if (Math.min(y, y1) > height + 40 || Math.max(y, y1) < headHeight - 40) return;
    const isWay = way.has(place) && (event.c === undefined || way.has(event.c));
    const classes = `${isWay ? 'way' : ''} ${isFaded(place) ? 'faded' : ''}`;
    if (hasArrow) arrow(arrows, x(event.s), y1, x(event.p), y, classes);
    for (const note of event.n || []) {
      if (note.p === undefined || !layout.columnOf.has(note.p)) continue;
      const towards = x(event.p) + (x(note.p) - x(event.p)) * .45;
      put(arrows, 'line', { class: `lost ${classes}`, x1: x(event.p), y1: y, x2: towards, y2: y + 14 });
      cross(arrows, towards, y + 14, 4, classes);
    }
    if (index >= first && index < last) drawMark(marks, row, x, y, classes, isWay);
  });
  drawHead(width, x);
  drawTimes(first, last, dy);
}

function cross(layer, x, y, size, classes) {
  put(layer, 'path', { class: `cross ${classes}`, d: `M${x - size},${y - size}l${2 * size},${2 * size}m0,${-2 * size}l${-2 * size},${2 * size}` });
}

function drawMark(layer, row, x, y, classes, isWay) {
  const { event, place } = row;
  const at = x(event.p);
  const kind = isWay ? 'way' : isShown(event) ? 'shown' : event.k === 't' ? 'idle' : '';
  if (isFault(event)) cross(layer, at, y, 4.5, classes);
  else put(layer, 'circle', { class: `dot ${kind} ${classes}`, cx: at, cy: y, r: isShown(event) ? 5.5 : 4 });
  if (place === state.selected) put(layer, 'circle', { class: 'ring', cx: at, cy: y, r: 9 });
  if (state.zoom < .6 && !isShown(event) && !isFault(event) && place !== state.selected) return;
  // A label stands where the arrow does not come from, if there is room.
  const isFromRight = event.s !== undefined && event.s !== event.p
    && layout.columnOf.get(event.s) > layout.columnOf.get(event.p);
  const isLeft = isFromRight && layout.columnOf.get(event.p) > 0;
  const label = put(layer, 'text', {
    class: `label ${classes} ${place === (state.hovered ?? state.selected) ? 'marked' : ''}`, x: isLeft ? at - 10 : at + 10, y: y + (isFromRight && !isLeft ? 13 : 4),
    'text-anchor': isLeft ? 'end' : 'start',
  });
  let room = lettersMax;
  for (const [words, set] of wordsOf(event)) {
    if (room <= 3) break;
    const text = shortened(words, room);
    put(label, 'tspan', { class: set }, (label.childNodes.length > 0 ? ' · ' : '') + text);
    room -= text.length + 3;
  }
}

function drawBand(band, x, dy, height) {
  const y1 = Math.max(headHeight, heightOf(band.a) + dy);
  const y2 = Math.min(height, heightOf(band.b) + dy);
  if (y2 - y1 < 1 && (y2 < headHeight || y1 > height)) return;
  let isNamed = false;
  for (const process of band.p) {
    if (!layout.columnOf.has(process)) continue;
    const width = columnWidth() * .5;
    put(picture, 'rect', { class: `band ${band.k}`, x: x(process) - width / 2, y: y1, width, height: Math.max(3, y2 - y1) });
    if (!isNamed && state.zoom >= .6) {
      put(picture, 'text', { class: 'bandname', x: x(process), y: y1 + 13 }, shortened(band.x, 34));
    }
    isNamed = true;
  }
}

function drawHead(width, x) {
  put(picture, 'rect', { class: 'head', x: 0, y: 0, width, height: headHeight });
  const room = Math.max(4, Math.floor(columnWidth() / (isNarrow() ? 6.6 : 7.4)));
  for (const process of layout.processes) {
    const name = trace.processes[process].n;
    const text = put(picture, 'text', { class: 'name', x: x(process), y: 20 }, shortened(name, room));
    put(text, 'title', {}, name);
  }
  put(picture, 'rect', { class: 'head', x: 0, y: 0, width: gutter() - 6, height: headHeight });
  put(picture, 'line', { class: 'rule', x1: 0, x2: width, y1: headHeight - .5, y2: headHeight - .5 });
}

function drawTimes(first, last, dy) {
  const right = gutter() - 14;
  put(picture, 'rect', { class: 'head', x: 0, y: headHeight, width: gutter() - 6, height: view.clientHeight });
  // Where rows are close, only some have a time.
  let lastY = -Infinity;
  for (let index = first; index < last; index += 1) {
    const row = layout.rows[index];
    const y = row.y + dy;
    const isMarked = row.place === (state.hovered ?? state.selected);
    if (y < headHeight || (y - lastY < 15 && !isMarked)) continue;
    const before = index > 0 ? layout.rows[index - 1].y + dy : headHeight;
    if (row.gap >= 1e8 && y - before >= 40 && y - 26 >= headHeight) {
      put(picture, 'text', { class: 'gap', x: right, y: y - 20, 'text-anchor': 'end' }, `+${seconds(row.gap, 3)} s`);
    }
    const time = seconds(row.event.t, isNarrow() ? 5 : 6);
    put(picture, 'text', { class: 'time', x: right, y: y + 4, 'text-anchor': 'end' }, time);
    lastY = y;
  }
}

let isWaiting = false;
function redraw() {
  if (isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => { isWaiting = false; draw(); });
}

/** Gives the space its size after the layout or the zoom has changed. */
function resize() {
  const letter = isNarrow() ? 6.2 : 6.8;
  const reach = layout.processes.map((process, column) => xOf(process) + 20 + layout.lettersOf[column] * letter);
  const width = Math.max(gutter() + layout.processes.length * columnWidth(), ...reach);
  space.style.width = `${Math.max(width, view.clientWidth)}px`;
  space.style.height = `${Math.max(layout.height + headHeight, view.clientHeight)}px`;
  redraw();
}
