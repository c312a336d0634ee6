package dev.natsboot.sample.processor.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.ObjectStore;
import io.nats.client.api.ObjectInfo;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Immutable segments of events in the object store, one JSON document a line.
 */
class AuditArchive {

	private static final String BUCKET = "audit";

	private final Connection connection;

	private final JsonMapper json;

	AuditArchive(Connection connection, JsonMapper json) {
		this.connection = connection;
		this.json = json;
	}

	/**
	 * Write events as one segment. Its name follows from the events, so that writing the
	 * same ones again changes nothing.
	 * @param events events of one stream
	 */
	void write(List<AuditEvent> events) {
		String name = AuditSegment.nameOf(events);
		try {
			ObjectStore store = this.connection.objectStore(BUCKET);
			if (store.getInfo(name) == null) {
				store.put(name, lines(events));
			}
		}
		catch (IOException | JetStreamApiException | NoSuchAlgorithmException ex) {
			throw new AuditException("Segment %s can't be written".formatted(name), ex);
		}
	}

	/**
	 * Read the names of all segments.
	 * @return the names
	 */
	List<String> segments() {
		try {
			return this.connection.objectStore(BUCKET)
				.getList()
				.stream()
				.map(ObjectInfo::getObjectName)
				.sorted()
				.toList();
		}
		catch (IOException | JetStreamApiException ex) {
			throw new AuditException("The segments can't be listed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AuditException("Interrupted while listing the segments", ex);
		}
	}

	/**
	 * Read a segment.
	 * @param name its name
	 * @return its events
	 */
	List<AuditEvent> read(String name) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		try {
			this.connection.objectStore(BUCKET).get(name, content);
		}
		catch (IOException | JetStreamApiException | NoSuchAlgorithmException ex) {
			throw new AuditException("Segment %s can't be read".formatted(name), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AuditException("Interrupted while reading segment " + name, ex);
		}
		try (MappingIterator<AuditEvent> events = this.json.readerFor(AuditEvent.class)
			.readValues(content.toByteArray())) {
			return events.readAll();
		}
	}

	private byte[] lines(List<AuditEvent> events) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		try (SequenceWriter lines = this.json.writerFor(AuditEvent.class)
			.withRootValueSeparator("\n")
			.writeValues(content)) {
			lines.writeAll(events);
		}
		return content.toByteArray();
	}

}
