(() => {
  'use strict';
  const values = JSON.parse(document.getElementById('data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let chart = null;

  function size(bytes) {
    let unit = 0;
    while (bytes >= 1024 && unit < 6) {
      bytes /= 1024;
      unit++;
    }
    return (unit ? bytes.toFixed(bytes < 10 ? 2 : bytes < 100 ? 1 : 0) : bytes) + ' ' + ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'][unit];
  }

  function draw() {
    if (chart) chart.dispose();
    chart = echarts.init(document.getElementById('curve'), null, { renderer: 'svg' });
    const lines = { lineStyle: { color: color('--line') } };
    chart.setOption({
      animation: false,
      color: [color('--c1')],
      textStyle: { color: color('--text') },
      grid: { left: 4, right: 24, top: 16, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis', renderMode: 'richText', confine: true, backgroundColor: color('--panel'), borderColor: color('--line'),
        textStyle: { color: color('--text') }, formatter: ([point]) => point.value[0].slice(0, 10) + '\n' + size(point.value[1])
      },
      xAxis: { type: 'time', axisLabel: { color: color('--muted'), hideOverlap: true }, axisLine: lines },
      yAxis: { type: 'value', axisLabel: { color: color('--muted'), formatter: size }, splitLine: lines },
      series: [{ type: 'line', data: values, symbolSize: 6 }]
    });
  }

  draw();
  dark.addEventListener('change', draw);
  addEventListener('resize', () => chart.resize());
  addEventListener('beforeprint', () => chart.resize({ animation: { duration: 0 } }));
})();
