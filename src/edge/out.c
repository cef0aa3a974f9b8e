/* out.c: see out.h. */
#include "edge/out.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/utf8.h"

void out_init(void)
{
	int fd;

	/* A parent may have closed a stream: the next file opened would take its place. What is
	 * opened here fails when written to, and so is noticed. */
	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0)
			abort();
	}
	/* A parent may have had SIGPIPE ignored. */
	signal(SIGPIPE, SIG_DFL);
	/* A limit on the size of files is a full disk, met with words. */
	signal(SIGXFSZ, SIG_IGN);
}

void out_put(struct slice text)
{
	if (text.len)
		fwrite(text.at, 1, text.len, stdout);
}

void out_putz(const char *text)
{
	out_put(slice_of(text));
}

bool out_flush(void)
{
	return fflush(stdout) == 0 && !ferror(stdout);
}

static void put_errors(const struct strbuf *text)
{
	if (text->len)
		fwrite(text->at, 1, text->len, stderr);
}

void out_err(const struct err *err)
{
	struct strbuf text = {0};

	strbuf_addz(&text, "rehearse: ");
	utf8_clean(&text, slice_of(err->text), false);
	strbuf_addc(&text, '\n');
	put_errors(&text);
	strbuf_release(&text);
}

void out_note(struct slice text)
{
	struct strbuf line = {0};

	utf8_clean(&line, text, false);
	strbuf_addc(&line, '\n');
	put_errors(&line);
	strbuf_release(&line);
}

void out_diags(const struct diags *diags)
{
	struct strbuf text = {0};

	diags_print(diags, &text);
	put_errors(&text);
	strbuf_release(&text);
}

enum status out_finish(enum status status)
{
	struct err err;

	errno = 0;
	if (out_flush())
		return status;
	if (errno)
		err_set(&err, "cannot write the results: %s", strerror(errno));
	else
		err_set(&err, "cannot write the results: standard output did not take them; is "
		              "the disk full?");
	out_err(&err);
	return STATUS_TROUBLE;
}
