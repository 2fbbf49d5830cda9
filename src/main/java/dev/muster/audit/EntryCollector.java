package dev.muster.audit;

import dev.muster.aws.s3.ListingEntry;

/**
 * Receiver of the entries that one task counts, for a job that makes more of them than totals. Used by one thread at a time.
 *
 * <p>A task may have to ask for a page again, in another way: what counts then is the page that was {@linkplain
 * Page#counted counted} last.
 */
public interface EntryCollector {
    /** A collector of nothing. */
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

    /** Begins a page. */
    Page page();

    /** Entries of a page. */
    interface Page {
        /** Takes an entry that lies within the task's range; what is kept of it has to be copied. */
        void add(ListingEntry entry);

        /** The page is whole, and the task's result counts its entries. */
        void counted();
    }
}
