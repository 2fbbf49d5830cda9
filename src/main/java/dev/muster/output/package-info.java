/** Parts that the jobs' reports share: sizes, terminal text, tables, JSON, CSV and report files. It knows no job. */
package dev.muster.output;
