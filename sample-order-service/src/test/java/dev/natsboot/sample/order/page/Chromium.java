package dev.natsboot.sample.order.page;

import java.io.File;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;

import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium without a window. The browser and its driver have to be on this machine:
 * nothing is downloaded.
 */
class Chromium implements AutoCloseable {

	private final ChromeDriver driver;

	Chromium() {
		File browser = program("chromium");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(program("chromedriver"))
			.usingAnyFreePort()
			.build();
		this.driver = new ChromeDriver(service, options(browser));
	}

	ChromeDriver driver() {
		return this.driver;
	}

	@Override
	public void close() {
		this.driver.quit();
	}

	/**
	 * Containers have no room in {@code /dev/shm}, and root can't have a sandbox.
	 */
	private static ChromeOptions options(File browser) {
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.SEVERE);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser);
		options.addArguments("--headless", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,1600");
		options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
		return options;
	}

	private static File program(String name) {
		Map<String, String> environment = System.getenv();
		String named = environment.get(name + "_path");
		Stream<File> candidates = (named != null) ? Stream.of(new File(named))
				: Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
					.map((folder) -> new File(folder, name));
		return candidates.filter((file) -> file.isFile() && file.canExecute())
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(explanation(name, named)));
	}

	private static String explanation(String name, String named) {
		return """
				The order page is tested in Chromium, but %s. Install both programs (Debian: apt-get install \
				chromium chromium-driver), or name them (export chromium_path=/usr/bin/chromium \
				chromedriver_path=/usr/bin/chromedriver), or leave these tests out: -DexcludedGroups=browser"""
			.formatted((named != null) ? "%s_path is '%s', which is not a program".formatted(name, named)
					: "there is no %s on the PATH".formatted(name));
	}

}
