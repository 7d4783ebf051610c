/* SPDX-License-Identifier: BSD-2-Clause */
/* reload.h: SIGHUP: the log is opened again, and the configuration is read again where that is safe. */
#ifndef IUPLUS_NODE_RELOAD_H
#define IUPLUS_NODE_RELOAD_H

#include "src/node/node.h"

/* Keeps what is needed to read the configuration again: settings has the defaults now, later what was read. NULL: no
 * memory; then it is not read again. */
struct node_reload *node_reload_new(const struct node_conf_section *table, void *settings, size_t size);
void node_reload_free(struct node_reload *reload);
/* user is the node. Reopens the log; takes log-level from the configuration, unless an option gives it. All else is in
 * use by associations and contexts: a change of it is reported, and waits for a restart. A wrong configuration is
 * reported, and the one of before holds. */
void node_reload(void *user);

#endif
