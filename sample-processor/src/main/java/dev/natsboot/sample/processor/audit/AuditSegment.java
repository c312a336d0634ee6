package dev.natsboot.sample.processor.audit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Names segments after what is in them: stream, first and last sequence, and a checksum
 * of all sequences, because a batch after a redelivery may have gaps.
 */
final class AuditSegment {

	private AuditSegment() {
	}

	static String nameOf(List<AuditEvent> events) {
		long[] sequences = events.stream().mapToLong(AuditEvent::sequence).sorted().toArray();
		return "%s/%012d-%012d-%08x".formatted(events.get(0).stream(), sequences[0], sequences[sequences.length - 1],
				checksum(sequences));
	}

	private static long checksum(long[] sequences) {
		ByteBuffer buffer = ByteBuffer.allocate(sequences.length * Long.BYTES);
		buffer.asLongBuffer().put(sequences);
		CRC32 checksum = new CRC32();
		checksum.update(buffer);
		return checksum.getValue();
	}

}
