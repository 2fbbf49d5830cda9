(() => {
  'use strict';
  /* Tables whose heads sort them, and whose rows a field filters. */
  document.querySelectorAll('table.sortable').forEach(table => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const texts = rows.map(row => row.textContent.toLowerCase());
    const heads = [...table.tHead.rows[0].cells];
    const filter = document.getElementById(table.dataset.filter);
    const said = document.getElementById(table.dataset.said);

    heads.forEach((head, column) => {
      const numeric = head.classList.contains('n');
      const value = row => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
      head.firstElementChild.addEventListener('click', () => {
        const was = head.getAttribute('aria-sort');
        const down = was ? was === 'ascending' : numeric;
        heads.forEach(other => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const sorted = rows.map(row => [value(row), row]).sort(([a], [b]) => {
          if (a === '' || b === '') return (a === '') - (b === ''); /* what is not known stands last */
          const order = numeric ? a - b : a < b ? -1 : a > b ? 1 : 0;
          return down ? -order : order;
        });
        body.replaceChildren(...sorted.map(([, row]) => row));
      });
    });

    filter.addEventListener('input', () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !words.every(word => texts[i].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      said.textContent = shown.toLocaleString('en') + ' of ' + rows.length.toLocaleString('en') + ' ' + table.dataset.noun;
    });
  });
})();
