/* commands.c: the table of commands, and what is the same for all of them. */
#include "cmd/command.h"
#include "load/language.h"

/* One a line, in the order of the help. */
/* clang-format off */
extern const struct command
        cmd_play,
        cmd_drill,
        cmd_next,
        cmd_plan,
        cmd_reflect,
        cmd_compare,
        cmd_review,
        cmd_list,
        cmd_show,
        cmd_progress,
        cmd_sessions,
        cmd_export,
        cmd_forget,
        cmd_new,
        cmd_check,
        cmd_doctor,
        cmd_simulate,
        cmd_strings,
        cmd_harvest,
        cmd_detect,
        cmd_eval,
        cmd_help,
        cmd_version;

const struct command *const commands[] = {
        &cmd_play,
        &cmd_drill,
        &cmd_next,
        &cmd_plan,
        &cmd_reflect,
        &cmd_compare,
        &cmd_review,
        &cmd_list,
        &cmd_show,
        &cmd_progress,
        &cmd_sessions,
        &cmd_export,
        &cmd_forget,
        &cmd_new,
        &cmd_check,
        &cmd_doctor,
        &cmd_simulate,
        &cmd_strings,
        &cmd_harvest,
        &cmd_detect,
        &cmd_eval,
        &cmd_help,
        &cmd_version,
        NULL,
};
/* clang-format on */

const struct command *command_find(struct slice name, struct err *err)
{
	struct arena arena;
	struct nearest nearest;
	size_t i;

	nearest_init(&nearest, name);
	for (i = 0; commands[i]; i++) {
		if (slice_is(name, commands[i]->name))
			return commands[i];
		nearest_offer(&nearest, slice_of(commands[i]->name));
	}
	arena_init(&arena);
	name = slice_sub(name, 0, 60);
	err_set(err, "unknown command ‘%.*s’%s%s", SLICE_ARGS(name), nearest_hint(&nearest, &arena),
	        nearest.best.len ? "" : "; ‘rehearse help’ lists them");
	arena_release(&arena);
	return NULL;
}

static void program_help(struct strbuf *out)
{
	size_t i;

	strbuf_addz(out,
	            "Rehearse: practise an opportunity conversation. Everything stays on this\n"
	            "computer.\n\n"
	            "usage: rehearse [COMMAND] [OPTION…] [WORD…]\n\n");
	for (i = 0; commands[i]; i++)
		strbuf_addf(out, "  %-8s  %s\n", commands[i]->name, commands[i]->summary);
	strbuf_addz(out, "\nWithout a command: play. ‘rehearse COMMAND --help’ tells more.\n"
	                 "Exit status: 0 fine, 1 findings, 2 wrong usage, 3 trouble with files or "
	                 "disk.\n");
}

void command_help(const struct command *command, struct strbuf *out)
{
	if (!command) {
		program_help(out);
		return;
	}
	strbuf_addf(out, "usage: rehearse %s%s%s\n\n%s\n", command->name,
	            *command->usage ? " " : "", command->usage, command->help);
	options_help(command->options, out);
	options_help(options_common, out);
}

static enum status wrong_usage(const struct command *command, const struct err *err)
{
	struct strbuf usage = {0};

	out_err(err);
	strbuf_addf(&usage, "usage: rehearse %s%s%s", command->name, *command->usage ? " " : "",
	            command->usage);
	out_note(strbuf_slice(&usage));
	strbuf_release(&usage);
	return STATUS_USAGE;
}

static bool words_fit(const struct command *command, const struct options *options, struct err *err)
{
	struct slice word;

	if (options->word_count < command->words_min) {
		err_set(err, "‘%s’ needs to be told what to work on", command->name);
		return false;
	}
	if (options->word_count <= command->words_max)
		return true;
	word = slice_sub(options->words[command->words_max], 0, 60);
	err_set(err, "one word too many for ‘%s’: ‘%.*s’", command->name, SLICE_ARGS(word));
	return false;
}

/* Of options that every command has. */
static bool values_fit(const struct options *options, struct err *err)
{
	struct slice language = options_value(options, "language");

	if (language.at == NULL || language_is_id(language))
		return true;
	err_set(err, "%s", LANGUAGE_WANTED);
	return false;
}

enum status command_run(const struct command *command, const char *const *args, size_t count)
{
	struct arena arena;
	struct options options;
	struct err err;
	enum status status;

	arena_init(&arena);
	if (!options_read(command->options, args, count, &arena, &options, &err)) {
		status = wrong_usage(command, &err);
	} else if (options_have(&options, "help")) {
		struct strbuf help = {0};

		command_help(command, &help);
		out_put(strbuf_slice(&help));
		strbuf_release(&help);
		status = STATUS_FINE;
	} else if (!words_fit(command, &options, &err) || !values_fit(&options, &err)) {
		status = wrong_usage(command, &err);
	} else {
		status = command->run(&options, &arena);
	}
	arena_release(&arena);
	return status;
}
