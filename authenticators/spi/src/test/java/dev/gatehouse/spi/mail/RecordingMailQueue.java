// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.mail;

import java.util.ArrayList;
import java.util.List;

/** A queue that keeps its jobs for the test to run. */
public final class RecordingMailQueue implements MailQueue {

    private final List<MailJob> jobs = new ArrayList<>();

    @Override
    public void afterCommit(MailJob job) {
        jobs.add(job);
    }

    /** The jobs that were handed on, the oldest first. */
    public List<MailJob> jobs() {
        return jobs;
    }
}
