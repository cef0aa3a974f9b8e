/* next.c: `rehearse next`: says what comes next and why, then starts it. */
#include "cmd/command.h"
#include "edge/progressing.h"
#include "edge/term.h"

/* The common options, as they were given, and `more`, for the command that does it. */
static const char **arguments(const struct options *options, struct arena *arena, size_t *count,
                              const char *const *more)
{
	const char **args = ARENA_ARRAY(arena, const char *, options->use_count + 4);

	*count = 0;
	for (size_t i = 0; i < options->use_count; i++) {
		const struct option_use *use = &options->uses[i];

		if (strcmp(use->option->name, "dry-run") == 0)
			continue;
		args[(*count)++] = use->option->value
		                           ? slice_format(arena, "--%s=%.*s", use->option->name,
		                                          SLICE_ARGS(use->value))
		                                     .at
		                           : slice_format(arena, "--%s", use->option->name).at;
	}
	for (; *more; more++)
		args[(*count)++] = *more;
	return args;
}

static bool takes(const struct command *command, const char *option)
{
	for (const struct option *one = command->options; one && one->name; one++)
		if (strcmp(one->name, option) == 0)
			return true;
	return false;
}

static enum status start(const struct options *options, const struct progress_step *step,
                         struct arena *arena)
{
	const char *focus = slice_copy(arena, step->focus).at;
	const char *more[] = {NULL, NULL, NULL};
	const struct command *command;
	const char **args;
	size_t count;
	struct err err;

	command = command_find(step->drill ? SLICE("drill") : SLICE("play"), &err);
	more[0] = step->drill ? focus : slice_copy(arena, step->scenario->file.id).at;
	if (!step->drill && step->focus.len && takes(command, "focus"))
		more[1] = slice_format(arena, "--focus=%s", focus).at;
	args = arguments(options, arena, &count, more);
	return command_run(command, args, count);
}

static enum status run(const struct options *options, struct arena *arena)
{
	struct progress_step step;
	struct library *library;
	enum status status;
	struct err err;
	bool live = term_look(0).terminal && term_look(1).terminal;
	bool can;

	library = library_open(options, &err);
	if (!library) {
		out_err(&err);
		return STATUS_TROUBLE;
	}
	status = progressing_next(library, options_have(options, "plain"), arena, &step, &can);
	if (status == STATUS_FINE && can && live && !options_have(options, "dry-run"))
		status = start(options, &step, arena);
	library_free(library);
	return status;
}

static const struct option own[] = {
        {"dry-run", NULL, "only say what comes next and why", 0},
        {0},
};

const struct command cmd_next = {
        .name = "next",
        .summary = "practise what comes next",
        .usage = "",
        .help = "Says what comes next and why, then starts it: a drill of a move, or a\n"
                "conversation with it as the focus, or a scenario. What comes next is what has\n"
                "rested until it is about to fade, by the scheduler " SCHEDULE_NAME
                "; then what was\n"
                "called for and not heard; then what is new. Without a terminal it only says.\n",
        .options = own,
        .run = run,
};
