package dev.natsboot.testsupport;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.stream.Stream;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority that issues certificates as PEM files.
 */
public final class TestCertificates {

	private final Path folder;

	private final X500Name name;

	private final KeyPair keys;

	private final Path certificate;

	public TestCertificates(Path folder, String name) {
		this.folder = folder;
		this.name = new X500Name("CN=" + name);
		this.keys = newKeys();
		this.certificate = folder.resolve(name + ".pem");
		write(this.certificate, issue(this.name, this.keys, true));
	}

	/**
	 * The authority's own certificate.
	 */
	public Path authority() {
		return this.certificate;
	}

	/**
	 * A certificate for some host names or addresses.
	 */
	public Issued issue(String name, String... hosts) {
		KeyPair keys = newKeys();
		Issued issued = new Issued(this.folder.resolve(name + ".pem"), this.folder.resolve(name + ".key"));
		write(issued.certificate(), issue(new X500Name("CN=" + name), keys, false, hosts));
		try {
			write(issued.key(), new JcaPKCS8Generator(keys.getPrivate(), null).generate());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return issued;
	}

	private X509CertificateHolder issue(X500Name subject, KeyPair keys, boolean authority, String... hosts) {
		Instant now = Instant.now();
		JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(this.name,
				BigInteger.valueOf(System.nanoTime()), Date.from(now.minus(Duration.ofHours(1))),
				Date.from(now.plus(Duration.ofDays(1))), subject, keys.getPublic());
		try {
			builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
			if (hosts.length > 0) {
				builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
			}
			return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(this.keys.getPrivate()));
		}
		catch (IOException | OperatorCreationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static GeneralNames names(String... hosts) {
		return new GeneralNames(Stream.of(hosts)
			.map((host) -> new GeneralName(
					Character.isDigit(host.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName,
					host.toLowerCase(Locale.ROOT)))
			.toArray(GeneralName[]::new));
	}

	private static KeyPair newKeys() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(256);
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void write(Path file, Object content) {
		StringWriter text = new StringWriter();
		try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
			writer.writeObject(content);
			writer.flush();
			Files.writeString(file, text.toString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A certificate and its key.
	 */
	public record Issued(Path certificate, Path key) {

		/**
		 * A {@code tls} block for the server's configuration.
		 */
		public String serverConfiguration(String... more) {
			return "tls { cert_file: \"" + this.certificate + "\", key_file: \"" + this.key + "\""
					+ ((more.length > 0) ? ", " + String.join(", ", more) : "") + " }";
		}

	}

}
