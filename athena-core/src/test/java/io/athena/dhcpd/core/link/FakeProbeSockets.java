package io.athena.dhcpd.core.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;

/** Sockets without a network; waiting is up to the test. */
public final class FakeProbeSockets implements ProbeSockets {

    private final Map<Integer, FakeProbeSocket> arp = new LinkedHashMap<>();
    private final List<FakeProbeSocket> opened = new ArrayList<>();
    private FakeProbeSocket echo = new FakeProbeSocket();
    private LongConsumer sleep = nanos -> {};
    private int refusal;
    private int verifyRefusal;
    private int wakes;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** The open ARP socket of this interface; a test that asks for one that was never opened fails. */
    public FakeProbeSocket arp(int interfaceIndex) {
        FakeProbeSocket socket = arp.get(interfaceIndex);
        if (socket == null) {
            throw new AssertionError("no ARP socket was opened on interface " + interfaceIndex);
        }
        return socket;
    }

    /** The echo socket that was opened last. */
    public FakeProbeSocket echo() {
        return echo;
    }

    /** Every socket that was ever opened. */
    public List<FakeProbeSocket> opened() {
        return opened;
    }

    /** What sleeping does, given its nanoseconds. */
    public void onAwait(LongConsumer whatSleepingDoes) {
        sleep = whatSleepingDoes;
    }

    /** Makes every opening fail with this error number; 0 makes them work again. */
    public void refuseOpening(int errno) {
        refusal = errno;
    }

    /** Makes {@link #verify} fail with this error number. */
    public void refusePrivilege(int errno) {
        verifyRefusal = errno;
    }

    public int wakes() {
        return wakes;
    }

    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits for the closing by a thread that the closer may not have waited for. */
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }

    @Override
    public void verify() throws FrameSocketException {
        if (verifyRefusal != 0) {
            throw FrameSocketException.of("cannot open a packet socket", verifyRefusal);
        }
    }

    @Override
    public ArpSocket openArp(String interfaceName, int interfaceIndex) throws FrameSocketException {
        FakeProbeSocket socket = open("cannot open a packet socket on " + interfaceName);
        arp.put(interfaceIndex, socket);
        return socket;
    }

    @Override
    public EchoSocket openEcho() throws FrameSocketException {
        echo = open("cannot open a raw ICMP socket");
        return echo;
    }

    private FakeProbeSocket open(String failure) throws FrameSocketException {
        if (refusal != 0) {
            throw FrameSocketException.of(failure, refusal);
        }
        FakeProbeSocket socket = new FakeProbeSocket();
        opened.add(socket);
        return socket;
    }

    @Override
    public void await(long nanos) {
        sleep.accept(nanos);
        opened.forEach(FakeProbeSocket::look);
    }

    @Override
    public synchronized void wake() {
        wakes++;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
