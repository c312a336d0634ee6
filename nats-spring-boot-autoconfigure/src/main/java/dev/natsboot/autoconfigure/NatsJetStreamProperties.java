package dev.natsboot.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.natsboot.topology.ProvisioningMode;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.ReplayPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Properties of JetStream: how it is reached, and what streams, consumers and buckets the
 * application declares. What isn't set keeps the server's value.
 */
@ConfigurationProperties("nats.jetstream")
public class NatsJetStreamProperties {

	/**
	 * What to do about differences between what is declared and what the server has.
	 */
	private ProvisioningMode provisioning = ProvisioningMode.CREATE;

	/**
	 * Number of servers that keep a copy of each declared stream and bucket, where these
	 * don't say it themselves.
	 */
	private @Nullable Integer replicas;

	/**
	 * JetStream domain to use, for instance of a leaf node.
	 */
	private @Nullable String domain;

	/**
	 * Prefix of the subjects of the JetStream API, for instance of an imported account.
	 */
	private @Nullable String prefix;

	/**
	 * Time to wait for an answer of JetStream, by default as long as for a connection.
	 */
	private @Nullable Duration requestTimeout;

	/**
	 * Declared streams by name.
	 */
	private final Map<String, Stream> streams = new LinkedHashMap<>();

	/**
	 * Declared consumers by durable name.
	 */
	private final Map<String, Consumer> consumers = new LinkedHashMap<>();

	/**
	 * Declared key-value buckets by name.
	 */
	private final Map<String, KeyValue> keyValue = new LinkedHashMap<>();

	/**
	 * Declared object stores by name.
	 */
	private final Map<String, ObjectStore> objectStore = new LinkedHashMap<>();

	/**
	 * Return the value of {@code nats.jetstream.provisioning}.
	 * @return the value
	 */
	public ProvisioningMode getProvisioning() {
		return this.provisioning;
	}

	/**
	 * Set the value of {@code nats.jetstream.provisioning}.
	 * @param provisioning the value
	 */
	public void setProvisioning(ProvisioningMode provisioning) {
		this.provisioning = provisioning;
	}

	/**
	 * Return the value of {@code nats.jetstream.replicas}.
	 * @return the value, or {@code null} when the property is not set
	 */
	public @Nullable Integer getReplicas() {
		return this.replicas;
	}

	/**
	 * Set the value of {@code nats.jetstream.replicas}.
	 * @param replicas the value
	 */
	public void setReplicas(@Nullable Integer replicas) {
		this.replicas = replicas;
	}

	/**
	 * Return the value of {@code nats.jetstream.domain}.
	 * @return the value, or {@code null} when the property is not set
	 */
	public @Nullable String getDomain() {
		return this.domain;
	}

	/**
	 * Set the value of {@code nats.jetstream.domain}.
	 * @param domain the value
	 */
	public void setDomain(@Nullable String domain) {
		this.domain = domain;
	}

	/**
	 * Return the value of {@code nats.jetstream.prefix}.
	 * @return the value, or {@code null} when the property is not set
	 */
	public @Nullable String getPrefix() {
		return this.prefix;
	}

	/**
	 * Set the value of {@code nats.jetstream.prefix}.
	 * @param prefix the value
	 */
	public void setPrefix(@Nullable String prefix) {
		this.prefix = prefix;
	}

	/**
	 * Return the value of {@code nats.jetstream.request-timeout}.
	 * @return the value, or {@code null} when the property is not set
	 */
	public @Nullable Duration getRequestTimeout() {
		return this.requestTimeout;
	}

	/**
	 * Set the value of {@code nats.jetstream.request-timeout}.
	 * @param requestTimeout the value
	 */
	public void setRequestTimeout(@Nullable Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
	}

	/**
	 * Return the value of {@code nats.jetstream.streams}.
	 * @return the value
	 */
	public Map<String, Stream> getStreams() {
		return this.streams;
	}

	/**
	 * Return the value of {@code nats.jetstream.consumers}.
	 * @return the value
	 */
	public Map<String, Consumer> getConsumers() {
		return this.consumers;
	}

	/**
	 * Return the value of {@code nats.jetstream.key-value}.
	 * @return the value
	 */
	public Map<String, KeyValue> getKeyValue() {
		return this.keyValue;
	}

	/**
	 * Return the value of {@code nats.jetstream.object-store}.
	 * @return the value
	 */
	public Map<String, ObjectStore> getObjectStore() {
		return this.objectStore;
	}

	/**
	 * A declared stream.
	 */
	public static class Stream {

		/**
		 * Name of the stream, by default the key.
		 */
		private @Nullable String name;

		/**
		 * What to do about differences between the declared stream and the server's.
		 */
		private @Nullable ProvisioningMode provisioning;

		/**
		 * Description of the stream.
		 */
		private @Nullable String description;

		/**
		 * Comma-separated list of subjects that the stream captures, with wildcards.
		 * Subjects that others added to an existing stream are kept.
		 */
		private @Nullable List<String> subjects;

		/**
		 * Where the server keeps the messages.
		 */
		private @Nullable StorageType storage;

		/**
		 * Number of servers that keep a copy of each message.
		 */
		private @Nullable Integer replicas;

		/**
		 * When the server removes messages.
		 */
		private @Nullable RetentionPolicy retention;

		/**
		 * Age at which messages are removed. Zero means never.
		 */
		private @Nullable Duration maxAge;

		/**
		 * Size of all messages together at which the discard policy applies.
		 */
		private @Nullable DataSize maxBytes;

		/**
		 * Number of messages at which the discard policy applies. -1 means no limit.
		 */
		private @Nullable Long maxMessages;

		/**
		 * Number of messages that are kept for each subject. -1 means no limit.
		 */
		private @Nullable Long maxMessagesPerSubject;

		/**
		 * Size above which the server refuses a message.
		 */
		private @Nullable DataSize maxMessageSize;

		/**
		 * Number of consumers that the stream may have. -1 means no limit.
		 */
		private @Nullable Long maxConsumers;

		/**
		 * What the server does with a message when a limit is reached.
		 */
		private @Nullable DiscardPolicy discard;

		/**
		 * Whether new messages are refused when the limit of their subject is reached.
		 * Needs the discard policy 'new'.
		 */
		private @Nullable Boolean discardNewPerSubject;

		/**
		 * Time within which a second message with the same id is dropped as a duplicate.
		 */
		private @Nullable Duration duplicateWindow;

		/**
		 * Whether the server doesn't acknowledge messages that are published to the
		 * stream.
		 */
		private @Nullable Boolean noAck;

		/**
		 * Whether a message may replace all earlier ones by a roll-up header.
		 */
		private @Nullable Boolean allowRollup;

		/**
		 * Whether every replica may answer requests for single messages.
		 */
		private @Nullable Boolean allowDirect;

		/**
		 * Whether a mirror may answer requests for single messages of its origin.
		 */
		private @Nullable Boolean mirrorDirect;

		/**
		 * Whether the server refuses to delete single messages. Can't be taken back.
		 */
		private @Nullable Boolean denyDelete;

		/**
		 * Whether the server refuses to purge the stream. Can't be taken back.
		 */
		private @Nullable Boolean denyPurge;

		/**
		 * How the server compresses the stored messages. Needs nats-server 2.10.
		 */
		private @Nullable CompressionOption compression;

		/**
		 * Sequence number of the first message. Needs nats-server 2.10.
		 */
		private @Nullable Long firstSequence;

		/**
		 * Whether messages may have a time to live of their own. Needs nats-server 2.11.
		 */
		private @Nullable Boolean allowMessageTtl;

		/**
		 * How long markers of expired messages are kept. Needs nats-server 2.11.
		 */
		private @Nullable Duration subjectDeleteMarkerTtl;

		/**
		 * Whether messages may be scheduled for later. Needs nats-server 2.12.
		 */
		private @Nullable Boolean allowMessageSchedules;

		/**
		 * Whether the subjects of the stream are counters. Needs nats-server 2.12.
		 */
		private @Nullable Boolean allowMessageCounter;

		/**
		 * Whether several messages may be published as one atomic batch. Needs
		 * nats-server 2.12.
		 */
		private @Nullable Boolean allowAtomicPublish;

		/**
		 * Whether batches may be published without waiting for each acknowledgement.
		 * Needs nats- server 2.14.
		 */
		private @Nullable Boolean allowBatched;

		/**
		 * Name of the stream that this one mirrors.
		 */
		private @Nullable String mirror;

		/**
		 * Comma-separated list of names of streams whose messages this one collects.
		 */
		private @Nullable List<String> sources;

		/**
		 * Name of the cluster that the stream is placed in.
		 */
		private @Nullable String placementCluster;

		/**
		 * Comma-separated list of tags of the servers that the stream is placed on.
		 */
		private @Nullable List<String> placementTags;

		/**
		 * Metadata of the stream. Entries that others added are kept. Needs nats-server
		 * 2.10.
		 */
		private final Map<String, String> metadata = new LinkedHashMap<>();

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.name}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getName() {
			return this.name;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.name}.
		 * @param name the value
		 */
		public void setName(@Nullable String name) {
			this.name = name;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.provisioning}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable ProvisioningMode getProvisioning() {
			return this.provisioning;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.provisioning}.
		 * @param provisioning the value
		 */
		public void setProvisioning(@Nullable ProvisioningMode provisioning) {
			this.provisioning = provisioning;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.description}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getDescription() {
			return this.description;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.description}.
		 * @param description the value
		 */
		public void setDescription(@Nullable String description) {
			this.description = description;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.subjects}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable List<String> getSubjects() {
			return this.subjects;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.subjects}.
		 * @param subjects the value
		 */
		public void setSubjects(@Nullable List<String> subjects) {
			this.subjects = subjects;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.storage}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable StorageType getStorage() {
			return this.storage;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.storage}.
		 * @param storage the value
		 */
		public void setStorage(@Nullable StorageType storage) {
			this.storage = storage;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.replicas}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Integer getReplicas() {
			return this.replicas;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.replicas}.
		 * @param replicas the value
		 */
		public void setReplicas(@Nullable Integer replicas) {
			this.replicas = replicas;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.retention}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable RetentionPolicy getRetention() {
			return this.retention;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.retention}.
		 * @param retention the value
		 */
		public void setRetention(@Nullable RetentionPolicy retention) {
			this.retention = retention;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.max-age}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getMaxAge() {
			return this.maxAge;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.max-age}.
		 * @param maxAge the value
		 */
		public void setMaxAge(@Nullable Duration maxAge) {
			this.maxAge = maxAge;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.max-bytes}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable DataSize getMaxBytes() {
			return this.maxBytes;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.max-bytes}.
		 * @param maxBytes the value
		 */
		public void setMaxBytes(@Nullable DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.max-messages}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getMaxMessages() {
			return this.maxMessages;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.max-messages}.
		 * @param maxMessages the value
		 */
		public void setMaxMessages(@Nullable Long maxMessages) {
			this.maxMessages = maxMessages;
		}

		/**
		 * Return the value of
		 * {@code nats.jetstream.streams.NAME.max-messages-per-subject}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getMaxMessagesPerSubject() {
			return this.maxMessagesPerSubject;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.max-messages-per-subject}.
		 * @param maxMessagesPerSubject the value
		 */
		public void setMaxMessagesPerSubject(@Nullable Long maxMessagesPerSubject) {
			this.maxMessagesPerSubject = maxMessagesPerSubject;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.max-message-size}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable DataSize getMaxMessageSize() {
			return this.maxMessageSize;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.max-message-size}.
		 * @param maxMessageSize the value
		 */
		public void setMaxMessageSize(@Nullable DataSize maxMessageSize) {
			this.maxMessageSize = maxMessageSize;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.max-consumers}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getMaxConsumers() {
			return this.maxConsumers;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.max-consumers}.
		 * @param maxConsumers the value
		 */
		public void setMaxConsumers(@Nullable Long maxConsumers) {
			this.maxConsumers = maxConsumers;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.discard}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable DiscardPolicy getDiscard() {
			return this.discard;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.discard}.
		 * @param discard the value
		 */
		public void setDiscard(@Nullable DiscardPolicy discard) {
			this.discard = discard;
		}

		/**
		 * Return the value of
		 * {@code nats.jetstream.streams.NAME.discard-new-per-subject}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getDiscardNewPerSubject() {
			return this.discardNewPerSubject;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.discard-new-per-subject}.
		 * @param discardNewPerSubject the value
		 */
		public void setDiscardNewPerSubject(@Nullable Boolean discardNewPerSubject) {
			this.discardNewPerSubject = discardNewPerSubject;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.duplicate-window}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getDuplicateWindow() {
			return this.duplicateWindow;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.duplicate-window}.
		 * @param duplicateWindow the value
		 */
		public void setDuplicateWindow(@Nullable Duration duplicateWindow) {
			this.duplicateWindow = duplicateWindow;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.no-ack}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getNoAck() {
			return this.noAck;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.no-ack}.
		 * @param noAck the value
		 */
		public void setNoAck(@Nullable Boolean noAck) {
			this.noAck = noAck;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.allow-rollup}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getAllowRollup() {
			return this.allowRollup;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.allow-rollup}.
		 * @param allowRollup the value
		 */
		public void setAllowRollup(@Nullable Boolean allowRollup) {
			this.allowRollup = allowRollup;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.allow-direct}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getAllowDirect() {
			return this.allowDirect;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.allow-direct}.
		 * @param allowDirect the value
		 */
		public void setAllowDirect(@Nullable Boolean allowDirect) {
			this.allowDirect = allowDirect;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.mirror-direct}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getMirrorDirect() {
			return this.mirrorDirect;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.mirror-direct}.
		 * @param mirrorDirect the value
		 */
		public void setMirrorDirect(@Nullable Boolean mirrorDirect) {
			this.mirrorDirect = mirrorDirect;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.deny-delete}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getDenyDelete() {
			return this.denyDelete;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.deny-delete}.
		 * @param denyDelete the value
		 */
		public void setDenyDelete(@Nullable Boolean denyDelete) {
			this.denyDelete = denyDelete;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.deny-purge}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getDenyPurge() {
			return this.denyPurge;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.deny-purge}.
		 * @param denyPurge the value
		 */
		public void setDenyPurge(@Nullable Boolean denyPurge) {
			this.denyPurge = denyPurge;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.compression}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable CompressionOption getCompression() {
			return this.compression;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.compression}.
		 * @param compression the value
		 */
		public void setCompression(@Nullable CompressionOption compression) {
			this.compression = compression;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.first-sequence}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getFirstSequence() {
			return this.firstSequence;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.first-sequence}.
		 * @param firstSequence the value
		 */
		public void setFirstSequence(@Nullable Long firstSequence) {
			this.firstSequence = firstSequence;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.allow-message-ttl}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getAllowMessageTtl() {
			return this.allowMessageTtl;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.allow-message-ttl}.
		 * @param allowMessageTtl the value
		 */
		public void setAllowMessageTtl(@Nullable Boolean allowMessageTtl) {
			this.allowMessageTtl = allowMessageTtl;
		}

		/**
		 * Return the value of
		 * {@code nats.jetstream.streams.NAME.subject-delete-marker-ttl}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getSubjectDeleteMarkerTtl() {
			return this.subjectDeleteMarkerTtl;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.subject-delete-marker-ttl}.
		 * @param subjectDeleteMarkerTtl the value
		 */
		public void setSubjectDeleteMarkerTtl(@Nullable Duration subjectDeleteMarkerTtl) {
			this.subjectDeleteMarkerTtl = subjectDeleteMarkerTtl;
		}

		/**
		 * Return the value of
		 * {@code nats.jetstream.streams.NAME.allow-message-schedules}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getAllowMessageSchedules() {
			return this.allowMessageSchedules;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.allow-message-schedules}.
		 * @param allowMessageSchedules the value
		 */
		public void setAllowMessageSchedules(@Nullable Boolean allowMessageSchedules) {
			this.allowMessageSchedules = allowMessageSchedules;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.allow-message-counter}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getAllowMessageCounter() {
			return this.allowMessageCounter;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.allow-message-counter}.
		 * @param allowMessageCounter the value
		 */
		public void setAllowMessageCounter(@Nullable Boolean allowMessageCounter) {
			this.allowMessageCounter = allowMessageCounter;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.allow-atomic-publish}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getAllowAtomicPublish() {
			return this.allowAtomicPublish;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.allow-atomic-publish}.
		 * @param allowAtomicPublish the value
		 */
		public void setAllowAtomicPublish(@Nullable Boolean allowAtomicPublish) {
			this.allowAtomicPublish = allowAtomicPublish;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.allow-batched}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getAllowBatched() {
			return this.allowBatched;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.allow-batched}.
		 * @param allowBatched the value
		 */
		public void setAllowBatched(@Nullable Boolean allowBatched) {
			this.allowBatched = allowBatched;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.mirror}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getMirror() {
			return this.mirror;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.mirror}.
		 * @param mirror the value
		 */
		public void setMirror(@Nullable String mirror) {
			this.mirror = mirror;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.sources}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable List<String> getSources() {
			return this.sources;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.sources}.
		 * @param sources the value
		 */
		public void setSources(@Nullable List<String> sources) {
			this.sources = sources;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.placement-cluster}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getPlacementCluster() {
			return this.placementCluster;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.placement-cluster}.
		 * @param placementCluster the value
		 */
		public void setPlacementCluster(@Nullable String placementCluster) {
			this.placementCluster = placementCluster;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.placement-tags}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable List<String> getPlacementTags() {
			return this.placementTags;
		}

		/**
		 * Set the value of {@code nats.jetstream.streams.NAME.placement-tags}.
		 * @param placementTags the value
		 */
		public void setPlacementTags(@Nullable List<String> placementTags) {
			this.placementTags = placementTags;
		}

		/**
		 * Return the value of {@code nats.jetstream.streams.NAME.metadata}.
		 * @return the value
		 */
		public Map<String, String> getMetadata() {
			return this.metadata;
		}

	}

	/**
	 * A declared durable consumer.
	 */
	public static class Consumer {

		/**
		 * Durable name of the consumer, by default the key.
		 */
		private @Nullable String name;

		/**
		 * Name of the stream that the consumer reads.
		 */
		private @Nullable String stream;

		/**
		 * What to do about differences between the declared consumer and the server's.
		 */
		private @Nullable ProvisioningMode provisioning;

		/**
		 * Description of the consumer.
		 */
		private @Nullable String description;

		/**
		 * Comma-separated list of subjects that the consumer delivers, with wildcards.
		 * More than one needs nats-server 2.10.
		 */
		private @Nullable List<String> filterSubjects;

		/**
		 * How messages are acknowledged.
		 */
		private @Nullable AckPolicy ackPolicy;

		/**
		 * Time after which a message that wasn't acknowledged is delivered again.
		 */
		private @Nullable Duration ackWait;

		/**
		 * Number of times a message is delivered at most. -1 means no limit.
		 */
		private @Nullable Long maxDeliver;

		/**
		 * Comma-separated list of times after which a message that wasn't acknowledged is
		 * delivered again. Replaces the acknowledgement wait.
		 */
		private @Nullable List<Duration> backoff;

		/**
		 * Number of messages that may be delivered and not yet acknowledged. -1 means no
		 * limit.
		 */
		private @Nullable Long maxAckPending;

		/**
		 * Which message a new consumer begins with.
		 */
		private @Nullable DeliverPolicy deliverPolicy;

		/**
		 * Sequence number to begin with. Needs the deliver policy 'by-start-sequence'.
		 */
		private @Nullable Long startSequence;

		/**
		 * Time to begin with, for instance 2026-01-31T12:00:00Z. Needs the deliver policy
		 * 'by- start-time'.
		 */
		private @Nullable Instant startTime;

		/**
		 * Whether messages are delivered at once or at the pace at which they were
		 * published.
		 */
		private @Nullable ReplayPolicy replayPolicy;

		/**
		 * Time after which the server deletes the consumer when nobody uses it.
		 */
		private @Nullable Duration inactiveThreshold;

		/**
		 * Number of pull requests that may wait at the same time.
		 */
		private @Nullable Long maxPullWaiting;

		/**
		 * Number of messages that one pull request may ask for.
		 */
		private @Nullable Long maxBatch;

		/**
		 * Size of all messages that one pull request may ask for.
		 */
		private @Nullable DataSize maxBytes;

		/**
		 * Time that one pull request may wait.
		 */
		private @Nullable Duration maxExpires;

		/**
		 * Whether messages are delivered without their payload.
		 */
		private @Nullable Boolean headersOnly;

		/**
		 * Whether the consumer's state is kept in memory.
		 */
		private @Nullable Boolean memoryStorage;

		/**
		 * Number of servers that keep the consumer's state, by default as many as keep
		 * the stream.
		 */
		private @Nullable Integer replicas;

		/**
		 * Bits per second that a push consumer delivers at most.
		 */
		private @Nullable Long rateLimit;

		/**
		 * Share of acknowledgements that the server publishes as samples, for instance
		 * 50%.
		 */
		private @Nullable String sampleFrequency;

		/**
		 * Subject that the server delivers to. Makes the consumer a push consumer.
		 */
		private @Nullable String deliverSubject;

		/**
		 * Queue group of a push consumer.
		 */
		private @Nullable String deliverGroup;

		/**
		 * Time after which the server sends a heartbeat to an idle push consumer.
		 */
		private @Nullable Duration idleHeartbeat;

		/**
		 * Metadata of the consumer. Entries that others added are kept. Needs nats-server
		 * 2.10.
		 */
		private final Map<String, String> metadata = new LinkedHashMap<>();

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.name}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getName() {
			return this.name;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.name}.
		 * @param name the value
		 */
		public void setName(@Nullable String name) {
			this.name = name;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.stream}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getStream() {
			return this.stream;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.stream}.
		 * @param stream the value
		 */
		public void setStream(@Nullable String stream) {
			this.stream = stream;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.provisioning}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable ProvisioningMode getProvisioning() {
			return this.provisioning;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.provisioning}.
		 * @param provisioning the value
		 */
		public void setProvisioning(@Nullable ProvisioningMode provisioning) {
			this.provisioning = provisioning;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.description}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getDescription() {
			return this.description;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.description}.
		 * @param description the value
		 */
		public void setDescription(@Nullable String description) {
			this.description = description;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.filter-subjects}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable List<String> getFilterSubjects() {
			return this.filterSubjects;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.filter-subjects}.
		 * @param filterSubjects the value
		 */
		public void setFilterSubjects(@Nullable List<String> filterSubjects) {
			this.filterSubjects = filterSubjects;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.ack-policy}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable AckPolicy getAckPolicy() {
			return this.ackPolicy;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.ack-policy}.
		 * @param ackPolicy the value
		 */
		public void setAckPolicy(@Nullable AckPolicy ackPolicy) {
			this.ackPolicy = ackPolicy;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.ack-wait}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getAckWait() {
			return this.ackWait;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.ack-wait}.
		 * @param ackWait the value
		 */
		public void setAckWait(@Nullable Duration ackWait) {
			this.ackWait = ackWait;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.max-deliver}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getMaxDeliver() {
			return this.maxDeliver;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.max-deliver}.
		 * @param maxDeliver the value
		 */
		public void setMaxDeliver(@Nullable Long maxDeliver) {
			this.maxDeliver = maxDeliver;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.backoff}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable List<Duration> getBackoff() {
			return this.backoff;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.backoff}.
		 * @param backoff the value
		 */
		public void setBackoff(@Nullable List<Duration> backoff) {
			this.backoff = backoff;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.max-ack-pending}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getMaxAckPending() {
			return this.maxAckPending;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.max-ack-pending}.
		 * @param maxAckPending the value
		 */
		public void setMaxAckPending(@Nullable Long maxAckPending) {
			this.maxAckPending = maxAckPending;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.deliver-policy}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable DeliverPolicy getDeliverPolicy() {
			return this.deliverPolicy;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.deliver-policy}.
		 * @param deliverPolicy the value
		 */
		public void setDeliverPolicy(@Nullable DeliverPolicy deliverPolicy) {
			this.deliverPolicy = deliverPolicy;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.start-sequence}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getStartSequence() {
			return this.startSequence;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.start-sequence}.
		 * @param startSequence the value
		 */
		public void setStartSequence(@Nullable Long startSequence) {
			this.startSequence = startSequence;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.start-time}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Instant getStartTime() {
			return this.startTime;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.start-time}.
		 * @param startTime the value
		 */
		public void setStartTime(@Nullable Instant startTime) {
			this.startTime = startTime;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.replay-policy}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable ReplayPolicy getReplayPolicy() {
			return this.replayPolicy;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.replay-policy}.
		 * @param replayPolicy the value
		 */
		public void setReplayPolicy(@Nullable ReplayPolicy replayPolicy) {
			this.replayPolicy = replayPolicy;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.inactive-threshold}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getInactiveThreshold() {
			return this.inactiveThreshold;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.inactive-threshold}.
		 * @param inactiveThreshold the value
		 */
		public void setInactiveThreshold(@Nullable Duration inactiveThreshold) {
			this.inactiveThreshold = inactiveThreshold;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.max-pull-waiting}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getMaxPullWaiting() {
			return this.maxPullWaiting;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.max-pull-waiting}.
		 * @param maxPullWaiting the value
		 */
		public void setMaxPullWaiting(@Nullable Long maxPullWaiting) {
			this.maxPullWaiting = maxPullWaiting;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.max-batch}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getMaxBatch() {
			return this.maxBatch;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.max-batch}.
		 * @param maxBatch the value
		 */
		public void setMaxBatch(@Nullable Long maxBatch) {
			this.maxBatch = maxBatch;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.max-bytes}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable DataSize getMaxBytes() {
			return this.maxBytes;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.max-bytes}.
		 * @param maxBytes the value
		 */
		public void setMaxBytes(@Nullable DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.max-expires}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getMaxExpires() {
			return this.maxExpires;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.max-expires}.
		 * @param maxExpires the value
		 */
		public void setMaxExpires(@Nullable Duration maxExpires) {
			this.maxExpires = maxExpires;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.headers-only}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getHeadersOnly() {
			return this.headersOnly;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.headers-only}.
		 * @param headersOnly the value
		 */
		public void setHeadersOnly(@Nullable Boolean headersOnly) {
			this.headersOnly = headersOnly;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.memory-storage}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getMemoryStorage() {
			return this.memoryStorage;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.memory-storage}.
		 * @param memoryStorage the value
		 */
		public void setMemoryStorage(@Nullable Boolean memoryStorage) {
			this.memoryStorage = memoryStorage;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.replicas}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Integer getReplicas() {
			return this.replicas;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.replicas}.
		 * @param replicas the value
		 */
		public void setReplicas(@Nullable Integer replicas) {
			this.replicas = replicas;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.rate-limit}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Long getRateLimit() {
			return this.rateLimit;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.rate-limit}.
		 * @param rateLimit the value
		 */
		public void setRateLimit(@Nullable Long rateLimit) {
			this.rateLimit = rateLimit;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.sample-frequency}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getSampleFrequency() {
			return this.sampleFrequency;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.sample-frequency}.
		 * @param sampleFrequency the value
		 */
		public void setSampleFrequency(@Nullable String sampleFrequency) {
			this.sampleFrequency = sampleFrequency;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.deliver-subject}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getDeliverSubject() {
			return this.deliverSubject;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.deliver-subject}.
		 * @param deliverSubject the value
		 */
		public void setDeliverSubject(@Nullable String deliverSubject) {
			this.deliverSubject = deliverSubject;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.deliver-group}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getDeliverGroup() {
			return this.deliverGroup;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.deliver-group}.
		 * @param deliverGroup the value
		 */
		public void setDeliverGroup(@Nullable String deliverGroup) {
			this.deliverGroup = deliverGroup;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.idle-heartbeat}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getIdleHeartbeat() {
			return this.idleHeartbeat;
		}

		/**
		 * Set the value of {@code nats.jetstream.consumers.NAME.idle-heartbeat}.
		 * @param idleHeartbeat the value
		 */
		public void setIdleHeartbeat(@Nullable Duration idleHeartbeat) {
			this.idleHeartbeat = idleHeartbeat;
		}

		/**
		 * Return the value of {@code nats.jetstream.consumers.NAME.metadata}.
		 * @return the value
		 */
		public Map<String, String> getMetadata() {
			return this.metadata;
		}

	}

	/**
	 * A declared key-value bucket.
	 */
	public static class KeyValue {

		/**
		 * Name of the bucket, by default the key.
		 */
		private @Nullable String name;

		/**
		 * What to do about differences between the declared bucket and the server's.
		 */
		private @Nullable ProvisioningMode provisioning;

		/**
		 * Description of the bucket.
		 */
		private @Nullable String description;

		/**
		 * Where the server keeps the bucket.
		 */
		private @Nullable StorageType storage;

		/**
		 * Number of servers that keep a copy of the bucket.
		 */
		private @Nullable Integer replicas;

		/**
		 * Age at which values are removed. Zero means never.
		 */
		private @Nullable Duration ttl;

		/**
		 * Number of values that are kept for each key, 1 to 64.
		 */
		private @Nullable Integer history;

		/**
		 * Size above which the server refuses a value.
		 */
		private @Nullable DataSize maxValueSize;

		/**
		 * How long markers of expired values are kept. Needs nats-server 2.11.
		 */
		private @Nullable Duration limitMarkerTtl;

		/**
		 * Size of the whole bucket above which the server refuses more.
		 */
		private @Nullable DataSize maxBytes;

		/**
		 * Whether the server compresses the bucket. Needs nats-server 2.10.
		 */
		private @Nullable Boolean compression;

		/**
		 * Metadata of the bucket. Entries that others added are kept. Needs nats-server
		 * 2.10.
		 */
		private final Map<String, String> metadata = new LinkedHashMap<>();

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.name}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getName() {
			return this.name;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.name}.
		 * @param name the value
		 */
		public void setName(@Nullable String name) {
			this.name = name;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.provisioning}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable ProvisioningMode getProvisioning() {
			return this.provisioning;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.provisioning}.
		 * @param provisioning the value
		 */
		public void setProvisioning(@Nullable ProvisioningMode provisioning) {
			this.provisioning = provisioning;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.description}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getDescription() {
			return this.description;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.description}.
		 * @param description the value
		 */
		public void setDescription(@Nullable String description) {
			this.description = description;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.storage}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable StorageType getStorage() {
			return this.storage;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.storage}.
		 * @param storage the value
		 */
		public void setStorage(@Nullable StorageType storage) {
			this.storage = storage;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.replicas}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Integer getReplicas() {
			return this.replicas;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.replicas}.
		 * @param replicas the value
		 */
		public void setReplicas(@Nullable Integer replicas) {
			this.replicas = replicas;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.ttl}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getTtl() {
			return this.ttl;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.ttl}.
		 * @param ttl the value
		 */
		public void setTtl(@Nullable Duration ttl) {
			this.ttl = ttl;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.history}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Integer getHistory() {
			return this.history;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.history}.
		 * @param history the value
		 */
		public void setHistory(@Nullable Integer history) {
			this.history = history;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.max-value-size}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable DataSize getMaxValueSize() {
			return this.maxValueSize;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.max-value-size}.
		 * @param maxValueSize the value
		 */
		public void setMaxValueSize(@Nullable DataSize maxValueSize) {
			this.maxValueSize = maxValueSize;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.limit-marker-ttl}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getLimitMarkerTtl() {
			return this.limitMarkerTtl;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.limit-marker-ttl}.
		 * @param limitMarkerTtl the value
		 */
		public void setLimitMarkerTtl(@Nullable Duration limitMarkerTtl) {
			this.limitMarkerTtl = limitMarkerTtl;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.max-bytes}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable DataSize getMaxBytes() {
			return this.maxBytes;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.max-bytes}.
		 * @param maxBytes the value
		 */
		public void setMaxBytes(@Nullable DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.compression}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getCompression() {
			return this.compression;
		}

		/**
		 * Set the value of {@code nats.jetstream.key-value.NAME.compression}.
		 * @param compression the value
		 */
		public void setCompression(@Nullable Boolean compression) {
			this.compression = compression;
		}

		/**
		 * Return the value of {@code nats.jetstream.key-value.NAME.metadata}.
		 * @return the value
		 */
		public Map<String, String> getMetadata() {
			return this.metadata;
		}

	}

	/**
	 * A declared object store.
	 */
	public static class ObjectStore {

		/**
		 * Name of the bucket, by default the key.
		 */
		private @Nullable String name;

		/**
		 * What to do about differences between the declared bucket and the server's.
		 */
		private @Nullable ProvisioningMode provisioning;

		/**
		 * Description of the bucket.
		 */
		private @Nullable String description;

		/**
		 * Where the server keeps the bucket.
		 */
		private @Nullable StorageType storage;

		/**
		 * Number of servers that keep a copy of the bucket.
		 */
		private @Nullable Integer replicas;

		/**
		 * Age at which objects are removed. Zero means never.
		 */
		private @Nullable Duration ttl;

		/**
		 * Size of the whole bucket above which the server refuses more.
		 */
		private @Nullable DataSize maxBytes;

		/**
		 * Whether the server compresses the bucket. Needs nats-server 2.10.
		 */
		private @Nullable Boolean compression;

		/**
		 * Metadata of the bucket. Entries that others added are kept. Needs nats-server
		 * 2.10.
		 */
		private final Map<String, String> metadata = new LinkedHashMap<>();

		/**
		 * Return the value of {@code nats.jetstream.object-store.NAME.name}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getName() {
			return this.name;
		}

		/**
		 * Set the value of {@code nats.jetstream.object-store.NAME.name}.
		 * @param name the value
		 */
		public void setName(@Nullable String name) {
			this.name = name;
		}

		/**
		 * Return the value of {@code nats.jetstream.object-store.NAME.provisioning}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable ProvisioningMode getProvisioning() {
			return this.provisioning;
		}

		/**
		 * Set the value of {@code nats.jetstream.object-store.NAME.provisioning}.
		 * @param provisioning the value
		 */
		public void setProvisioning(@Nullable ProvisioningMode provisioning) {
			this.provisioning = provisioning;
		}

		/**
		 * Return the value of {@code nats.jetstream.object-store.NAME.description}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable String getDescription() {
			return this.description;
		}

		/**
		 * Set the value of {@code nats.jetstream.object-store.NAME.description}.
		 * @param description the value
		 */
		public void setDescription(@Nullable String description) {
			this.description = description;
		}

		/**
		 * Return the value of {@code nats.jetstream.object-store.NAME.storage}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable StorageType getStorage() {
			return this.storage;
		}

		/**
		 * Set the value of {@code nats.jetstream.object-store.NAME.storage}.
		 * @param storage the value
		 */
		public void setStorage(@Nullable StorageType storage) {
			this.storage = storage;
		}

		/**
		 * Return the value of {@code nats.jetstream.object-store.NAME.replicas}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Integer getReplicas() {
			return this.replicas;
		}

		/**
		 * Set the value of {@code nats.jetstream.object-store.NAME.replicas}.
		 * @param replicas the value
		 */
		public void setReplicas(@Nullable Integer replicas) {
			this.replicas = replicas;
		}

		/**
		 * Return the value of {@code nats.jetstream.object-store.NAME.ttl}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Duration getTtl() {
			return this.ttl;
		}

		/**
		 * Set the value of {@code nats.jetstream.object-store.NAME.ttl}.
		 * @param ttl the value
		 */
		public void setTtl(@Nullable Duration ttl) {
			this.ttl = ttl;
		}

		/**
		 * Return the value of {@code nats.jetstream.object-store.NAME.max-bytes}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable DataSize getMaxBytes() {
			return this.maxBytes;
		}

		/**
		 * Set the value of {@code nats.jetstream.object-store.NAME.max-bytes}.
		 * @param maxBytes the value
		 */
		public void setMaxBytes(@Nullable DataSize maxBytes) {
			this.maxBytes = maxBytes;
		}

		/**
		 * Return the value of {@code nats.jetstream.object-store.NAME.compression}.
		 * @return the value, or {@code null} when the property is not set
		 */
		public @Nullable Boolean getCompression() {
			return this.compression;
		}

		/**
		 * Set the value of {@code nats.jetstream.object-store.NAME.compression}.
		 * @param compression the value
		 */
		public void setCompression(@Nullable Boolean compression) {
			this.compression = compression;
		}

		/**
		 * Return the value of {@code nats.jetstream.object-store.NAME.metadata}.
		 * @return the value
		 */
		public Map<String, String> getMetadata() {
			return this.metadata;
		}

	}

}
