(() => {
  'use strict';
  const at = id => document.getElementById(id);
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const count = number => Math.round(number).toLocaleString('en');
  const points = [];
  let over = false;

  function size(bytes) {
    let unit = 0;
    while (bytes >= 1024 && unit < 6) {
      bytes /= 1024;
      unit++;
    }
    return (unit ? bytes.toFixed(bytes < 10 ? 2 : bytes < 100 ? 1 : 0) : bytes) + ' ' + ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'][unit];
  }

  function time(seconds) {
    if (seconds === null || seconds === undefined) return '–';
    const s = Math.round(seconds), two = number => String(number).padStart(2, '0');
    const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
    return h ? h + ':' + two(m) + ':' + two(s % 60) : m + ':' + two(s % 60);
  }

  /* Names and messages come from elsewhere: they are text, never HTML. */
  function element(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  function row(cells, className) {
    const made = document.createElement('tr');
    if (className) made.className = className;
    made.append(...cells);
    return made;
  }

  function totals(state) {
    const figures = [
      ['Objects', count(state.objects)],
      ['Size', size(state.bytes)],
      ['Buckets', count(state.done) + ' of ' + count(state.known)],
      ['Time left, about', over ? '–' : time(state.left)],
      ['Keys per second', count(state.pace[1])],
      ['Requests per second', count(state.pace[2])],
      ['Requests', count(state.requests)],
      ['Workers at work', count(state.busy) + ' of ' + count(state.workers) + (state.limit < state.workers && !over ? ', limit ' + count(state.limit) : '')],
      ['Tasks waiting', count(state.waiting)],
      ['Throttled', count(state.throttled)],
      ['Failed requests', count(state.failed)],
      ['Second tries', count(state.hedged)]
    ];
    at('totals').replaceChildren(...figures.map(([name, value]) => {
      const box = document.createElement('div');
      box.append(element('dt', name), element('dd', value));
      return box;
    }));
  }

  function trouble(state) {
    const rows = state.failures.map(failure => row([
      element('td', failure.reason), element('td', failure.account, 'o'), element('td', failure.bucket || ''),
      element('td', count(failure.times), 'n')], 'bad'));
    state.causes.forEach(([reason, times]) => rows.push(row([
      element('td', reason + ' (tried again)'), element('td', '', 'o'), element('td', ''), element('td', count(times), 'n')])));
    at('trouble').hidden = rows.length === 0;
    at('reasons').replaceChildren(...rows);
  }

  function buckets(state) {
    at('shown').textContent = state.buckets.length < state.known
      ? 'The ' + count(state.buckets.length) + ' with most to do, of ' + count(state.known) : '';
    at('buckets').replaceChildren(...state.buckets.map(bucket => {
      const progress = element('td', bucket.problem ? bucket.problem : bucket.open ? (over ? 'not done' : 'begun') : 'done');
      if (bucket.open && bucket.share !== undefined && !over) {
        const bar = element('progress', Math.round(100 * bucket.share) + ' %');
        bar.max = 1;
        bar.value = bucket.share;
        bar.setAttribute('aria-label', 'about ' + Math.round(100 * bucket.share) + ' %');
        progress.replaceChildren(bar);
      }
      return row([
        element('td', bucket.name), element('td', bucket.account, 'o'), element('td', count(bucket.objects), 'n'),
        element('td', size(bucket.bytes), 'n'), progress, element('td', bucket.open && !over ? time(bucket.left) : '', 'n')],
      bucket.problem ? 'bad' : '');
    }));
  }

  const charts = [['keys', 1, '--c1'], ['requests', 2, '--c2']].map(([id, column, name]) => ({
    id, column, name, instance: echarts.init(at(id), null, { renderer: 'svg' })
  }));

  function draw() {
    charts.forEach(chart => chart.instance.setOption({
      animation: false,
      textStyle: { color: color('--text') },
      grid: { left: 4, right: 12, top: 8, bottom: 4, containLabel: true },
      xAxis: { type: 'value', min: 'dataMin', max: 'dataMax', axisLabel: { color: color('--muted'), formatter: time }, splitLine: { show: false } },
      yAxis: { type: 'value', min: 0, axisLabel: { color: color('--muted'), formatter: count }, splitLine: { lineStyle: { color: color('--line') } } },
      series: [{
        type: 'line', showSymbol: false, data: points.map(point => [point[0], point[chart.column]]),
        lineStyle: { color: color(chart.name) }, areaStyle: { color: color(chart.name), opacity: 0.15 }
      }]
    }));
  }

  function show(state) {
    if (state.point && (points.length === 0 || points[points.length - 1][0] < state.point[0])) points.push(state.point);
    if (points.length > 1200) points.splice(0, points.length, ...points.filter((point, i) => i % 2));
    totals(state);
    trouble(state);
    buckets(state);
    draw();
  }

  const events = new EventSource('events');
  events.addEventListener('history', event => points.splice(0, points.length, ...JSON.parse(event.data)));
  events.addEventListener('state', event => {
    const state = JSON.parse(event.data);
    at('said').textContent = 'For ' + time(state.elapsed);
    show(state);
  });
  events.addEventListener('end', async event => {
    events.close();
    over = true;
    const end = JSON.parse(event.data);
    document.title = 'Audit ' + end.status + ' – Muster';
    at('title').textContent = 'Audit ' + end.status;
    at('said').textContent = 'Took ' + time(end.state.elapsed) + (end.gap ? '; ' + end.gap : '');
    show(end.state);
    const answer = await fetch('report');
    if (answer.ok) {
      at('report').href = URL.createObjectURL(await answer.blob());
      at('finished').hidden = false;
    }
  });
  events.addEventListener('error', () => {
    if (!over) at('said').textContent = 'The run does not answer; it may have ended';
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  addEventListener('resize', () => charts.forEach(chart => chart.instance.resize()));
})();
