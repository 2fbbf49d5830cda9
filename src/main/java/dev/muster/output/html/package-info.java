/** Pages for a browser: each is one file that needs no network. Templates escape every text. */
package dev.muster.output.html;
