package dev.natsboot.casestudy;

import dev.natsboot.run.Console;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Makes progress bars: lively ones on a terminal, a line now and then elsewhere.
 */
final class Progress {

	private static final int LIVELY_MILLIS = 200;

	private static final int SELDOM_MILLIS = 5000;

	private static final int WIDTH = 100;

	private Progress() {
	}

	static ProgressBar bar(String task, long maximum) {
		boolean interactive = Console.isInteractive();
		return new ProgressBarBuilder().setTaskName(task)
			.setInitialMax(maximum)
			.setUnit(" orders", 1)
			.showSpeed()
			.setStyle(ProgressBarStyle.ASCII)
			.setUpdateIntervalMillis(interactive ? LIVELY_MILLIS : SELDOM_MILLIS)
			.setConsumer(interactive ? new ConsoleProgressBarConsumer(System.err, WIDTH)
					: new DelegatingProgressBarConsumer(Console::detail, WIDTH))
			.build();
	}

}
