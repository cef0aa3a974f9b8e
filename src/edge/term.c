/* term.c: see term.h.
 *
 * Watched signals are blocked but while pselect waits, so none is lost between looking at the flags
 * and going to sleep; readline runs through its callback interface and never sees a signal. */
#include "edge/term.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <readline/history.h>
#include <readline/readline.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>

#include "edge/file.h"

#define WIDTH_DEFAULT 80
#define WIDTH_MOST 1000
#define HISTORY_LINES 500
/* What a terminal sends around a paste. */
#define PASTE_BEGIN "\033[200~"
#define PASTE_END "\033[201~"
#define PASTE_MARK (sizeof(PASTE_END) - 1)

/* What signal handlers may touch. */
static volatile sig_atomic_t got_interrupt;
static volatile sig_atomic_t got_resize;
static volatile sig_atomic_t got_stop;
static volatile sig_atomic_t got_leave;

static const int watched[] = {SIGINT, SIGWINCH, SIGTSTP, SIGTERM, SIGHUP, SIGQUIT};
#define WATCHED (sizeof(watched) / sizeof(watched[0]))

struct term {
	struct term_words words;
	bool live;
	bool done; /* the line being read is complete */
	bool warned; /* the last key was Ctrl-C */
	char keys[PASTE_MARK]; /* the last ones read */
	bool pasting; /* between the marks of a bracketed paste */
	size_t closed; /* of its end mark, what we gave in the terminal's stead */
	char *line; /* from readline; NULL at Ctrl-D */
	sigset_t mask; /* outside of reading */
	struct sigaction before[WATCHED];
	bool deaf; /* nobody takes what we write */
	int read_error; /* errno */
	void (*work)(void *context); /* to be done when the prompt stands, or NULL */
	void *work_context;
};

/* The one that reads: readline's callbacks carry no context of their own. */
static struct term *reading;

static void on_signal(int number)
{
	if (number == SIGINT)
		got_interrupt = 1;
	else if (number == SIGWINCH)
		got_resize = 1;
	else if (number == SIGTSTP)
		got_stop = 1;
	else
		got_leave = number;
}

static bool is_dumb(void)
{
	struct slice kind = slice_of(getenv("TERM"));

	return kind.len == 0 || slice_is(kind, "dumb");
}

struct term_look term_look(int fd)
{
	struct term_look look = {.terminal = isatty(fd) == 1, .width = WIDTH_DEFAULT};
	const char *columns = getenv("COLUMNS");
	const char *none = getenv("NO_COLOR");
	struct winsize size = {0};
	long width;

	look.colour = look.terminal && !(none && none[0]) && !is_dumb();
	if (look.terminal && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		look.width = size.ws_col;
	else if (slice_int(slice_of(columns), 1, WIDTH_MOST, &width))
		look.width = (size_t)width;
	return look;
}

static char *complete_next(const char *text, int state)
{
	static size_t next; /* readline asks one by one, starting with state 0 */
	const struct slice typed = slice_of(text);

	if (state == 0)
		next = 0;
	if (typed.len && text[0] == '/') {
		while (reading->words.commands[next]) {
			const char *word = reading->words.commands[next++];

			if (slice_starts(slice_of(word), typed))
				return strdup(word);
		}
		return NULL;
	}
	while (next < reading->words.argument_count) {
		struct slice word = reading->words.arguments[next++];

		if (slice_starts(word, typed))
			return strndup(word.at, word.len);
	}
	return NULL;
}

static char **complete(const char *text, int start, int end)
{
	(void)end;
	rl_attempted_completion_over = 1; /* never file names */
	if (!reading || !reading->words.commands || rl_line_buffer[0] != '/')
		return NULL;
	if ((start == 0) != (text[0] == '/'))
		return NULL;
	return rl_completion_matches(text, complete_next);
}

bool term_wait(void *context, int fd, long milliseconds, bool *stopped)
{
	struct term *term = context;
	struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000};
	fd_set ready;
	int count = 0;

	FD_ZERO(&ready);
	FD_SET(fd, &ready);
	/* Typed before, or just as something came: it counts all the same. */
	if (!got_interrupt && !got_leave)
		count = pselect(fd + 1, &ready, NULL, NULL, &limit,
		                term->live ? &term->mask : NULL);
	*stopped = got_interrupt || got_leave;
	got_interrupt = 0;
	return count > 0 && !*stopped;
}

/* Sleeps until a key or a watched signal; true for a key. */
static bool wait_key(void)
{
	fd_set keys;

	if (got_interrupt || got_resize || got_stop || got_leave)
		return false;
	FD_ZERO(&keys);
	FD_SET(STDIN_FILENO, &keys);
	if (pselect(STDIN_FILENO + 1, &keys, NULL, NULL, NULL, &reading->mask) < 0)
		return errno != EINTR;
	return true;
}

static void note_key(struct term *term, char key)
{
	memmove(term->keys, term->keys + 1, PASTE_MARK - 1);
	term->keys[PASTE_MARK - 1] = key;
	if (memcmp(term->keys, PASTE_BEGIN, PASTE_MARK) == 0)
		term->pasting = true;
	else if (memcmp(term->keys, PASTE_END, PASTE_MARK) == 0)
		term->pasting = false;
}

/* No key will come. Amid a paste readline must see its end first: it does not expect the end of the
 * input there, and reads past its buffer. */
static int no_key(struct term *term)
{
	unsigned char key;

	if (!term->pasting)
		return EOF;
	key = (unsigned char)PASTE_END[term->closed++];
	if (term->closed == PASTE_MARK) {
		term->pasting = false;
		term->closed = 0;
	}
	return key;
}

/* Readline's source of keys: also amid a paste that never ends, Ctrl-C gets us out. */
static int read_key(FILE *stream)
{
	ssize_t count;
	char key;

	(void)stream;
	do {
		while (!wait_key()) {
			if (got_interrupt || got_leave)
				return no_key(reading);
			got_resize = 0;
			got_stop = 0;
		}
		count = read(STDIN_FILENO, &key, 1);
	} while (count < 0 && (errno == EINTR || errno == EAGAIN));
	if (count != 1) {
		/* Ctrl-D is a key here: the terminal itself is gone, and who sat there did not say
		 * that they were done. Its SIGHUP often comes later than this, or not at all. */
		got_leave = SIGHUP;
		return no_key(reading);
	}
	note_key(reading, key);
	return (unsigned char)key;
}

/* The program speaks UTF-8 whatever the locale says: a bare machine has no locale set at all. */
static void start_readline(void)
{
	setlocale(LC_CTYPE, "");
	rl_readline_name = "rehearse";
	rl_catch_signals = 0;
	rl_catch_sigwinch = 0;
	rl_attempted_completion_function = complete;
	rl_getc_function = read_key;
	rl_initialize();
	if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	rl_variable_bind("input-meta", "on");
	rl_variable_bind("output-meta", "on");
	rl_variable_bind("convert-meta", "off");
	if (!is_dumb())
		rl_variable_bind("enable-bracketed-paste", "on");
	rl_variable_bind("bell-style", "none");
	using_history();
	stifle_history(HISTORY_LINES);
}

static void watch_signals(struct term *term)
{
	struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	size_t i;

	got_interrupt = got_resize = got_stop = got_leave = 0;
	sigemptyset(&action.sa_mask);
	for (i = 0; i < WATCHED; i++) {
		sigaction(watched[i], NULL, &term->before[i]);
		if (term->before[i].sa_handler != SIG_IGN)
			sigaction(watched[i], &action, NULL);
	}
}

struct term *term_open(bool plain_lines)
{
	struct term *term = mem_alloc(sizeof(*term));

	term->live = !plain_lines && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
	if (term->live) {
		watch_signals(term);
		start_readline();
	}
	return term;
}

void term_complete(struct term *term, const struct term_words *words)
{
	term->words = *words;
}

void term_close(struct term *term)
{
	size_t i;

	if (!term)
		return;
	for (i = 0; term->live && i < WATCHED; i++)
		sigaction(watched[i], &term->before[i], NULL);
	if (term->live)
		clear_history();
	free(term);
}

bool term_is_live(const struct term *term)
{
	return term->live;
}

int term_signal(const struct term *term)
{
	return term->live ? got_leave : 0;
}

static void take_line(char *line)
{
	reading->line = line;
	reading->done = true;
	/* The terminal is cooked again before anything else is printed. */
	rl_callback_handler_remove();
}

/* Ctrl-Z: stop as anybody would, with the terminal in order, and come back to the same line. */
static void stop_here(void)
{
	struct sigaction action;
	struct sigaction stop = {.sa_handler = SIG_DFL};
	sigset_t only;

	sigemptyset(&stop.sa_mask);
	sigemptyset(&only);
	sigaddset(&only, SIGTSTP);
	rl_deprep_term_function();
	sigaction(SIGTSTP, &stop, &action);
	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &only, NULL); /* stops here */
	sigprocmask(SIG_BLOCK, &only, NULL);
	sigaction(SIGTSTP, &action, NULL);
	rl_prep_term_function(1);
	rl_forced_update_display();
}

/* Ctrl-C: the line goes, and `again` is said; false when it was the second in a row. */
static bool clear_line(struct term *term, const char *prompt, const char *again)
{
	if (!term->done) {
		rl_callback_sigcleanup();
		rl_point = rl_end;
		rl_redisplay();
		rl_callback_handler_remove();
	}
	fputs("\n", stdout);
	if (term->warned)
		return false;
	fprintf(stdout, "%s\n", again);
	fflush(stdout);
	term->warned = true;
	free(term->line);
	term->line = NULL;
	term->done = false;
	rl_callback_handler_install(prompt, take_line);
	return true;
}

void term_meanwhile(struct term *term, void (*work)(void *context), void *context)
{
	term->work = work;
	term->work_context = context;
}

static void work_meanwhile(struct term *term)
{
	void (*work)(void *context) = term->work;

	term->work = NULL;
	fflush(stdout);
	if (work)
		work(term->work_context);
}

static enum term_answer read_live(struct term *term, const char *prompt, const char *again)
{
	sigset_t block;
	bool leave = false;
	size_t i;

	sigemptyset(&block);
	for (i = 0; i < WATCHED; i++)
		sigaddset(&block, watched[i]);
	sigprocmask(SIG_BLOCK, &block, &term->mask);
	reading = term;
	term->done = false;
	term->warned = false;
	rl_callback_handler_install(prompt, take_line);
	work_meanwhile(term);
	while (!leave && (!term->done || got_interrupt)) {
		if (got_leave) {
			leave = true;
		} else if (got_interrupt) {
			got_interrupt = 0;
			leave = !clear_line(term, prompt, again);
		} else if (got_resize) {
			got_resize = 0;
			rl_resize_terminal();
		} else if (got_stop) {
			got_stop = 0;
			stop_here();
		} else if (wait_key()) {
			term->warned = false;
			rl_callback_read_char();
		}
	}
	if (!term->done)
		rl_callback_handler_remove();
	if (got_leave)
		fputs("\n", stdout);
	reading = NULL;
	sigprocmask(SIG_SETMASK, &term->mask, NULL);
	if (leave || got_leave)
		return TERM_LEAVE;
	return term->line ? TERM_LINE : TERM_END;
}

static enum term_answer read_plain(struct term *term, size_t limit, struct strbuf *line)
{
	errno = 0;
	switch (file_line(stdin, limit, line)) {
	case FILE_LINE:
		return TERM_LINE;
	case FILE_LINE_TOO_LONG:
		return TERM_LONG;
	case FILE_LINE_END:
		return TERM_END;
	case FILE_LINE_FAILED:
		break;
	}
	term->read_error = errno ? errno : EIO;
	return TERM_UNREADABLE;
}

enum term_answer term_read(struct term *term, const char *prompt, const char *again, size_t limit,
                           struct strbuf *line)
{
	enum term_answer answer;

	strbuf_clear(line);
	if (!term->live)
		return read_plain(term, limit, line);
	fflush(stdout);
	answer = read_live(term, prompt, again);
	if (answer == TERM_LINE) {
		struct slice typed = slice_of(term->line);

		if (typed.len > limit)
			answer = TERM_LONG;
		else
			strbuf_add(line, typed);
	} else if (answer == TERM_END) {
		/* The prompt still stands there; where readline marks pastes it has seen to it. */
		if (is_dumb())
			fputs("\n", stdout);
	}
	free(term->line);
	term->line = NULL;
	return answer;
}

void term_remember(struct term *term, struct slice line)
{
	char *copy;

	if (!term->live || line.len == 0)
		return;
	copy = strndup(line.at, line.len);
	if (!copy)
		return; /* only a convenience */
	add_history(copy);
	free(copy);
}

bool term_write(struct term *term, struct slice text)
{
	if (!term->deaf)
		term->deaf =
		        fwrite(text.at, 1, text.len, stdout) != text.len || fflush(stdout) != 0;
	return !term->deaf;
}

bool term_trouble(const struct term *term, struct err *err)
{
	if (term->read_error) {
		err_set(err, "cannot read standard input: %s", file_reason(term->read_error));
		return true;
	}
	return false;
}
