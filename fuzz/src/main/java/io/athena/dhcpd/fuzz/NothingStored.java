package io.athena.dhcpd.fuzz;

import io.athena.dhcpd.core.journal.RecoveredState;
import java.util.List;

/** An empty store. */
final class NothingStored implements RecoveredState {

    @Override
    public void forEachLease(Visitor visitor) {}

    @Override
    public void forEachConflict(Visitor visitor) {}

    @Override
    public void forEachExclusion(Visitor visitor) {}

    @Override
    public List<Integer> damaged() {
        return List.of();
    }

    @Override
    public boolean caution() {
        return false;
    }

    @Override
    public long newestTime() {
        return 0;
    }

    @Override
    public long lastSequence() {
        return 0;
    }

    @Override
    public List<String> findings() {
        return List.of();
    }
}
