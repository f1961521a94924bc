package io.athena.dhcpd.core.journal;

class MemoryJournalTest extends LeaseJournalContract {

    private final MemoryJournal journal = new MemoryJournal();
    private boolean broken;

    @Override
    LeaseJournal journal() {
        return journal;
    }

    @Override
    void commitSoon() {
        journal.commit();
    }

    @Override
    void breakDisk() {
        broken = true;
    }

    @Override
    void fillQueue(int count) {
        journal.setCapacity(count);
        for (int i = 0; i < count; i++) {
            append(i);
        }
    }

    @Override
    long append(int n) {
        long sequence = super.append(n);
        if (broken) {
            journal.setWritable(false);
            journal.fail();
        }
        return sequence;
    }
}
