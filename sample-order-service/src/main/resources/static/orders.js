'use strict';

const PERIOD = 1000;
const LIMIT = 25;

const WORDS = {
  PENDING: ['open', 'pending'],
  PAID: ['good', 'paid'],
  FAILED: ['bad', 'failed'],
  RESERVED: ['good', 'reserved'],
  OUT_OF_STOCK: ['bad', 'out of stock']
};

const COLOURS = {
  paid: 'good', reserved: 'good',
  paymentFailed: 'bad', outOfStock: 'bad',
  paymentPending: 'open', inventoryPending: 'open'
};

const $ = (selector) => document.querySelector(selector);
const number = new Intl.NumberFormat();
const money = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

let paused = false;
let known = new Map();
let before = null;
let deadShown = null;

async function get(path) {
  const response = await fetch(path, { headers: { Accept: 'application/json' } });
  if (!response.ok) {
    throw new Error(`${path}: status ${response.status}`);
  }
  return response.json();
}

function showConnection(state, text) {
  const line = $('#connection');
  if (line.textContent !== text) {
    line.textContent = text;
  }
  line.className = state;
}

function showState() {
  showConnection(paused ? '' : 'live', paused ? 'Paused' : 'Live');
}

function showCounts(counts) {
  document.querySelectorAll('[data-count]').forEach((cell) => {
    cell.textContent = number.format(counts[cell.dataset.count]);
  });
  document.querySelectorAll('[data-bar]').forEach((bar) => {
    bar.replaceChildren(...bar.dataset.bar.split(',').map((name) => {
      const part = document.createElement('span');
      part.className = COLOURS[name];
      part.style.flexGrow = counts[name];
      return part;
    }));
  });
  showRate(counts.accepted);
}

function showRate(accepted) {
  const now = performance.now();
  if (before) {
    const rate = Math.max(0, (accepted - before.accepted) * 1000 / (now - before.at));
    $('#rate').textContent = `${number.format(Math.round(rate))} per second`;
  }
  before = { accepted, at: now };
}

function cell(text, className) {
  const td = document.createElement('td');
  td.textContent = text;
  td.className = className || '';
  return td;
}

function state(status) {
  const [colour, word] = WORDS[status];
  const td = document.createElement('td');
  const badge = document.createElement('span');
  badge.className = `state ${colour}`;
  badge.textContent = word;
  td.append(badge);
  return td;
}

function settledAfter(order) {
  if (order.paymentStatus === 'PENDING' || order.inventoryStatus === 'PENDING') {
    return '…';
  }
  const elapsed = new Date(order.updatedAt) - new Date(order.acceptedAt);
  return elapsed < 1000 ? `${elapsed} ms` : `${(elapsed / 1000).toFixed(1)} s`;
}

// Ids begin with the time, which orders of one minute share: their ends tell them apart.
function brief(id) {
  return id.slice(-8);
}

function row(order) {
  const tr = document.createElement('tr');
  const id = cell(brief(order.orderId));
  id.title = order.orderId;
  tr.append(id, cell(order.customerId), cell(money.format(order.totalAmount), 'number'),
    state(order.paymentStatus), state(order.inventoryStatus),
    cell(new Date(order.acceptedAt).toLocaleTimeString(), 'number'), cell(settledAfter(order), 'number'));
  const last = known.get(order.orderId);
  if (last !== undefined && last !== order.updatedAt) {
    tr.className = 'changed';
  }
  return tr;
}

function showOrders(orders) {
  $('#empty').hidden = orders.length > 0;
  $('#orders').hidden = orders.length === 0;
  $('#orders tbody').replaceChildren(...orders.map(row));
  known = new Map(orders.map((order) => [order.orderId, order.updatedAt]));
}

function why(letter) {
  const td = cell('', 'why');
  const type = document.createElement('b');
  type.textContent = (letter.exception || 'unknown').split(/[.$]/).pop();
  type.title = letter.exception || '';
  const text = document.createElement('span');
  text.textContent = letter.text || '';
  td.append(type, text);
  return td;
}

function redriveButton(letter) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain';
  button.textContent = 'Redrive';
  button.setAttribute('aria-label', `Redrive dead letter ${letter.id}`);
  button.addEventListener('click', () => redrive(button, `dead-letters/${encodeURIComponent(letter.id)}/redrive`,
    (answer) => `Dead letter ${letter.id} is back in ${answer.stream} as message ${number.format(answer.sequence)}`));
  const td = cell('', 'number');
  td.append(button);
  return td;
}

function deadRow(letter) {
  const tr = document.createElement('tr');
  const order = cell(letter.orderId ? brief(letter.orderId) : '–');
  order.title = letter.orderId || 'The payload names no order';
  tr.append(order, cell(letter.listener || '–'), cell(letter.subject || '–'), why(letter),
    cell(letter.deliveries === null ? '–' : number.format(letter.deliveries), 'number'),
    cell(new Date(letter.time).toLocaleTimeString(), 'number'), redriveButton(letter));
  return tr;
}

// Rows are made anew only when others are to be shown: a button that is replaced loses the focus.
function showDeadLetters(page) {
  const letters = page.deadLetters;
  const shown = letters.map((letter) => letter.id).join() + (page.next || '');
  if (shown === deadShown) {
    return;
  }
  deadShown = shown;
  $('#dead').hidden = $('#redrive-all').hidden = letters.length === 0;
  $('#dead-empty').hidden = letters.length > 0 && !page.next;
  $('#dead-empty').textContent = letters.length > 0 ? 'There are more.' : 'No message was given up.';
  $('#dead tbody').replaceChildren(...letters.map(deadRow));
}

function showDeadAnswer(text, bad) {
  $('#dead-answer').textContent = text;
  $('#dead-answer').className = bad ? 'bad' : '';
}

// A button loses the focus when it is disabled.
function enable(button) {
  button.disabled = false;
  if (document.activeElement === document.body) {
    button.focus();
  }
}

async function redrive(button, path, describe) {
  button.disabled = true;
  try {
    const response = await fetch(path, { method: 'POST', headers: { Accept: 'application/json' } });
    const answer = await response.json();
    const bad = !response.ok || answer.failed > 0 || Boolean(answer.stopped);
    showDeadAnswer(response.ok ? describe(answer) : `${answer.title}: ${answer.detail}`, bad);
    await refreshDeadLetters();
  }
  catch (error) {
    showDeadAnswer(`The order service doesn't answer (${error.message})`, true);
  }
  finally {
    enable(button);
  }
}

function describeAll(answer) {
  const stays = answer.failed > 0 ? `, ${number.format(answer.failed)} not. ${answer.problems[0]}` : '';
  return `${number.format(answer.redriven)} sent back${stays}${answer.stopped ? `. Stopped: ${answer.stopped}` : ''}`;
}

async function refreshDeadLetters() {
  try {
    showDeadLetters(await get(`dead-letters?limit=${LIMIT}`));
  }
  catch (error) {
    deadShown = null;
    $('#dead').hidden = $('#redrive-all').hidden = true;
    $('#dead-empty').hidden = false;
    $('#dead-empty').textContent = `Dead letters can't be read now (${error.message})`;
  }
}

async function refresh(isWanted) {
  try {
    const [counts, orders] = await Promise.all([get('orders/counts'), get(`orders?limit=${LIMIT}`)]);
    if (isWanted()) {
      showCounts(counts);
      showOrders(orders);
      showState();
    }
  }
  catch (error) {
    showConnection('lost', `The order service doesn't answer (${error.message})`);
  }
}

async function tick() {
  if (!paused && !document.hidden) {
    await Promise.all([refresh(() => !paused), refreshDeadLetters()]);
  }
  setTimeout(tick, PERIOD);
}

function showAnswer(text, bad) {
  $('#answer').textContent = text;
  $('#answer').className = bad ? 'bad' : '';
}

function markInvalid(form, errors) {
  for (const input of form.querySelectorAll('input')) {
    const invalid = errors.some((error) => error.field.endsWith(input.name));
    input.setAttribute('aria-invalid', invalid);
  }
  form.querySelector('[aria-invalid=true]')?.focus();
}

function numeric(text) {
  return text === '' ? null : Number(text);
}

async function placeOrder(event) {
  event.preventDefault();
  const form = event.target;
  const value = Object.fromEntries(new FormData(form));
  const order = {
    customerId: value.customerId,
    items: [{ sku: value.sku, quantity: numeric(value.quantity), unitPrice: numeric(value.unitPrice) }]
  };
  try {
    const response = await fetch('orders', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(order)
    });
    const answer = await response.json();
    markInvalid(form, answer.errors || []);
    showAnswer(response.ok ? `Order ${answer.orderId} accepted` : `${answer.title}: ${answer.detail}`, !response.ok);
    await refresh(() => true);
  }
  catch (error) {
    showAnswer(`The order service doesn't answer (${error.message})`, true);
  }
}

$('#order-form').addEventListener('submit', placeOrder);
$('#redrive-all').addEventListener('click', (event) => redrive(event.target, 'dead-letters/redrive', describeAll));
$('#pause').addEventListener('click', (event) => {
  paused = !paused;
  event.target.setAttribute('aria-pressed', paused);
  event.target.textContent = paused ? 'Go on' : 'Pause';
  showState();
});
tick();
