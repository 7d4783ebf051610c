/* SPDX-License-Identifier: BSD-2-Clause */
/* reload.c: SIGHUP (see reload.h). */
#include "src/node/reload.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <iuplus/security.h>

struct node_reload {
	const struct node_conf_section *table;
	void *settings;
	size_t size;
	uint8_t defaults[];
};

struct node_reload *node_reload_new(const struct node_conf_section *table, void *settings, size_t size)
{
	struct node_reload *r = malloc(sizeof(*r) + size);
	if (!r)
		return NULL;
	r->table = table;
	r->settings = settings;
	r->size = size;
	memcpy(r->defaults, settings, size);
	return r;
}

void node_reload_free(struct node_reload *reload)
{
	free(reload);
}

/* Compares what a person sees: keys are wiped after the start, and cannot be compared. */
static bool differ(const struct node_reload *r, const void *fresh)
{
	char *text[2] = { NULL, NULL };
	size_t len;
	bool good = true;
	for (int i = 0; i < 2; i++) {
		FILE *out = open_memstream(&text[i], &len);
		good = out && !node_conf_show(out, r->table, i ? fresh : r->settings) && good;
		if (out)
			fclose(out);
	}
	good = good && !strcmp(text[0], text[1]);
	free(text[0]);
	free(text[1]);
	return !good;
}

static void take(struct node *node, const void *fresh)
{
	struct node_settings *in_use = node->reload->settings;
	const struct node_settings *read = fresh;
	in_use->log_level = read->log_level;
	if (node->options.log_level < 0)
		node_log_set_level((enum node_log_level)read->log_level);
	node_log(NODE_LOG_NOTICE, "SIGHUP: the log is open again, the configuration is read again: log-level %s%s",
		 node_log_levels[read->log_level],
		 differ(node->reload, fresh) ? "; its other changes wait for a restart" : "");
}

void node_reload(void *user)
{
	struct node *node = user;
	struct node_reload *r = node->reload;
	char error[NODE_CONF_ERROR] = "no memory";
	if (node_log_reopen())
		node_log(NODE_LOG_ERROR, "SIGHUP: the log cannot be opened again: %s", strerror(errno));
	void *fresh = r ? malloc(r->size) : NULL;
	if (fresh)
		memcpy(fresh, r->defaults, r->size);
	if (fresh && !node_conf_read(node->options.config, r->table, fresh, error))
		take(node, fresh);
	else
		node_log(NODE_LOG_ERROR, "SIGHUP: the configuration of before holds: %s", error);
	if (fresh)
		iuplus_security_wipe(fresh, r->size);
	free(fresh);
}
