package dev.muster.audit;

import dev.muster.aws.s3.ListingEntry;

/**
 * Receiver of the entries that one task counts, for a job that needs more than totals. Used by one thread at a time.
 *
 * <p>A task may have to request a page again in another way; the page that was {@linkplain Page#counted counted} last
 * is the valid one.
 */
public interface EntryCollector {
    /** A collector that ignores all entries. */
    EntryCollector NONE = new EntryCollector() {
        private final Page nothing = new Page() {
            @Override
            public void add(ListingEntry entry) {}

            @Override
            public void counted() {}
        };

        @Override
        public Page page() {
            return nothing;
        }
    };

    /** Starts a page. */
    Page page();

    /** Entries of a page. */
    interface Page {
        /** Takes an entry within the task's range. It is reused: copy what is to be kept. */
        void add(ListingEntry entry);

        /** Called when the page is complete and its entries count in the task's result. */
        void counted();
    }
}
