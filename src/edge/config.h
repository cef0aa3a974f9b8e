/* config.h: the mentor's own settings, $XDG_CONFIG_HOME/rehearse/config (else
 * ~/.config/rehearse/config), in the outline syntax: a block's name, and below it lines of a name
 * and a value. */
#ifndef EDGE_CONFIG_H
#define EDGE_CONFIG_H

#include "base/diag.h"

struct config_entry {
	const char *name;
	struct slice value; /* as written; empty when it is not there */
};

/* Fills the entries (a NULL name ends them) of block `block`; their text lives in `arena`. No file
 * leaves them empty. What is wrong in the file goes to `diags`: unknown words with the nearest
 * known one, what stands twice. False with words when it cannot be read. */
bool config_read(const char *block, struct config_entry *entries, struct arena *arena,
                 struct diags *diags, struct err *err);

#endif
