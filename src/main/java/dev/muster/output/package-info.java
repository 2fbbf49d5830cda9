/**
 * Parts shared by the jobs' reports: sizes, terminal text, tables, JSON, CSV and report files. Independent of any job.
 */
package dev.muster.output;
