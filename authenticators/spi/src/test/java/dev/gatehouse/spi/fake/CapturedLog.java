// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.spi.fake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one class or category logs between its making and its closing; none of it reaches the console. */
public final class CapturedLog implements AutoCloseable {

    private final Logger logger;
    private final List<LogRecord> records = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    public CapturedLog(Class<?> source) {
        this(source.getName());
    }

    /** The log of a category that is no class. */
    public CapturedLog(String category) {
        this.logger = Logger.getLogger(category);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    /** The messages at {@code WARN}. */
    public List<String> warnings() {
        return messages(Level.WARNING);
    }

    /** The messages at {@code ERROR}. */
    public List<String> errors() {
        return messages(Level.SEVERE);
    }

    /** The messages at {@code INFO}. */
    public List<String> infos() {
        return messages(Level.INFO);
    }

    private List<String> messages(Level level) {
        synchronized (records) {
            return records.stream()
                    .filter(logged -> logged.getLevel().intValue() == level.intValue())
                    .map(LogRecord::getMessage)
                    .toList();
        }
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
