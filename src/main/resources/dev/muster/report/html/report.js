(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const charts = [];

  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const palette = () => [1, 2, 3, 4, 5, 6, 7, 8].map(i => color('--c' + i));
  const count = number => number.toLocaleString('en');
  function size(bytes) {
    let unit = 0;
    while (bytes >= 1024 && unit < 6) {
      bytes /= 1024;
      unit++;
    }
    return (unit ? bytes.toFixed(bytes < 10 ? 2 : bytes < 100 ? 1 : 0) : bytes) + ' ' + ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'][unit];
  }

  /* Tooltips are text, never HTML: names come from elsewhere. */
  const tooltip = formatter => ({
    renderMode: 'richText', formatter, confine: true,
    backgroundColor: color('--panel'), borderColor: color('--line'), textStyle: { color: color('--text') }
  });

  function chart(id, option) {
    const box = document.getElementById(id);
    if (!box) return null;
    const entry = { instance: null };
    entry.draw = () => {
      if (entry.instance) entry.instance.dispose();
      entry.instance = echarts.init(box, null, { renderer: 'svg' });
      entry.show();
      if (entry.ready) entry.ready();
    };
    entry.show = () => entry.instance.setOption(
      { animation: !still.matches, textStyle: { color: color('--text') }, color: palette(), ...option() }, true);
    charts.push(entry);
    return entry;
  }

  function bars(id, rows, format) {
    chart(id, () => ({
      grid: { left: 4, right: 24, top: 8, bottom: 4, containLabel: true },
      tooltip: tooltip(p => p.name + '\n' + format(p.value)),
      xAxis: {
        type: 'value', splitNumber: 3, axisLabel: { formatter: format, color: color('--muted'), hideOverlap: true },
        splitLine: { lineStyle: { color: color('--line') } }
      },
      yAxis: { type: 'category', inverse: true, data: rows.map(row => row[0]), axisLabel: { color: color('--text'), interval: 0, width: 150, overflow: 'truncate' } },
      series: [{ type: 'bar', data: rows.map(row => row[1]), barMaxWidth: 22 }]
    }));
  }

  function treemap() {
    const path = [data.tree];
    const nav = document.getElementById('tree-path');
    const parts = document.getElementById('tree-parts');
    const said = document.getElementById('tree-said');
    const entry = chart('tree', () => ({
      tooltip: tooltip(p => p.name + '\n' + size(p.value)),
      series: [{
        type: 'treemap', left: 0, right: 0, top: 0, bottom: 0, roam: false, nodeClick: false, breadcrumb: { show: false },
        label: { formatter: p => p.name + '\n' + size(p.value), overflow: 'truncate', color: '#fff', fontSize: 13, lineHeight: 18 },
        itemStyle: { borderColor: color('--page'), gapWidth: 1 },
        data: squares(path[path.length - 1])
      }]
    }));
    if (!entry) return;

    /* One level at a time; what is below a square is opened by a click, or by its button. */
    function squares(node) {
      return (node.children || []).map((child, index) => ({ name: child.name, value: child.value, index }));
    }

    function button(text, act) {
      const made = document.createElement('button');
      made.type = 'button';
      made.textContent = text;
      made.addEventListener('click', act);
      return made;
    }

    function go(depth, child) {
      path.length = depth + 1;
      if (child) path.push(child);
      show();
      nav.lastElementChild.focus();
    }

    function show() {
      const node = path[path.length - 1];
      const children = node.children || [];
      nav.replaceChildren(...path.map((step, depth) => button(step.name, () => go(depth))));
      nav.lastElementChild.setAttribute('aria-current', 'true');
      parts.replaceChildren(...children.slice(0, 12).map(child => {
        const made = button(child.name + ' – ' + size(child.value), () => go(path.length - 1, child));
        made.disabled = !child.children;
        return made;
      }));
      said.textContent = node.name + ': ' + size(node.value) + (children.length ? ' in ' + count(children.length) + ' parts' : '');
      entry.show();
    }

    entry.ready = () => {
      show();
      entry.instance.on('click', event => {
        const child = event.data && (path[path.length - 1].children || [])[event.data.index];
        if (child && child.children) go(path.length - 1, child);
      });
    };
  }

  treemap();
  bars('classes', data.classes, size);
  bars('ages', data.ages, count);
  bars('sizes', data.sizes, count);
  const draw = () => charts.forEach(entry => entry.draw());
  draw();
  dark.addEventListener('change', draw);
  addEventListener('resize', () => charts.forEach(entry => entry.instance.resize()));
  addEventListener('beforeprint', () => charts.forEach(entry => entry.instance.resize({ animation: { duration: 0 } })));
})();
